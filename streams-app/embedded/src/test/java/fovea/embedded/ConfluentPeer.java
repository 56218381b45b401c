package fovea.embedded;

import static org.assertj.core.api.Assumptions.assumeThat;

import fovea.schema.ScreeningImage;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.avro.Schema;

/**
 * Confluent's own serializers, with the Kafka and the Avro they were built with, in a class loader
 * that sees nothing of ours but the generated records.
 */
final class ConfluentPeer {
  private static final Path JAR = Path.of("target/confluent/confluent-avro.jar");

  private final ClassLoader loader;

  private ConfluentPeer(ClassLoader loader) {
    this.loader = loader;
  }

  /** The one of this JVM: to load their classes anew for every serde would take most of a test. */
  static ConfluentPeer get() {
    assumeThat(JAR).as("copied by the build").exists();
    return Loaded.PEER;
  }

  private static ConfluentPeer load() throws MalformedURLException {
    URL[] path = {
      JAR.toUri().toURL(), source(ScreeningImage.class), source(ConfluentPeer.class),
    };
    return new ConfluentPeer(
        new URLClassLoader("confluent", path, ClassLoader.getPlatformClassLoader()));
  }

  /** Topic and Avro binary of {@code schema} to wire bytes, by way of its record class. */
  BiFunction<String, byte[], byte[]> writer(Map<String, ?> configs, Schema schema) {
    return make(ConfluentWriter.class, configs, schema.toString(), true);
  }

  /** The same by way of a generic record, which may have any schema. */
  BiFunction<String, byte[], byte[]> genericWriter(Map<String, ?> configs, Schema schema) {
    return make(ConfluentWriter.class, configs, schema.toString(), false);
  }

  /** Topic and wire bytes to Avro binary of the record's class. */
  BiFunction<String, byte[], byte[]> reader(Map<String, ?> configs) {
    return make(ConfluentReader.class, configs);
  }

  @SuppressWarnings("unchecked")
  private BiFunction<String, byte[], byte[]> make(Class<?> ours, Object... arguments) {
    return inside(
        () -> {
          var function =
              (BiFunction<String, byte[], byte[]>)
                  loader.loadClass(ours.getName()).getConstructors()[0].newInstance(arguments);
          return (topic, bytes) -> inside(() -> function.apply(topic, bytes));
        });
  }

  /** Does it as a thread of theirs would: Kafka finds configured classes by the thread's loader. */
  private <R> R inside(Work<R> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.run();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static final class Loaded {
    private static final ConfluentPeer PEER;

    static {
      try {
        PEER = load();
      } catch (MalformedURLException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  private interface Work<R> {
    R run() throws ReflectiveOperationException;
  }

  private static URL source(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
