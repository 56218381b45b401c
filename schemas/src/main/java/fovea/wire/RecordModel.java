package fovea.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Avro's view of one generated record class and of those beside it in its package, with the
 * conversions of its dates and times. Thread-safe.
 *
 * <p>Avro loads a class that a schema names only where a property of the whole JVM or a global
 * object trusts it. Here the caller has named the record class, so its package needs no such trust;
 * every other class still does.
 */
final class RecordModel extends SpecificData {
  private final String namespace;
  private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

  RecordModel(Class<?> type) {
    super(type.getClassLoader());
    this.namespace = type.getPackageName() + ".";
    SpecificData.getForClass(type).getConversions().forEach(this::addLogicalTypeConversion);
  }

  @Override
  @SuppressWarnings("rawtypes") // the signature is Avro's
  public Class getClass(Schema schema) {
    boolean beside =
        schema.getType() == Schema.Type.RECORD
            && schema.getFullName().startsWith(namespace)
            && schema.getFullName().indexOf('.', namespace.length()) < 0;
    return beside
        ? classes.computeIfAbsent(schema.getFullName(), this::load)
        : super.getClass(schema);
  }

  private Class<?> load(String name) {
    try {
      return Class.forName(name, false, getClassLoader()).asSubclass(SpecificRecordBase.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("no record class " + name, e);
    }
  }
}
