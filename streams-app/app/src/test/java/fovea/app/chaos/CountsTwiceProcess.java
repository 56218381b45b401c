package fovea.app.chaos;

import fovea.app.wiring.UnsafeApplications;
import fovea.embedded.EndWithParent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** A planted bug: after each start, one of the differences that arrive is added twice. */
final class CountsTwiceProcess {
  private CountsTwiceProcess() {}

  public static void main(String[] args) throws InterruptedException {
    EndWithParent.watch();
    new UnsafeApplications(args, Map.of(), new Stuttering()).run();
  }

  /** Makes consumers that hand one record of the deltas over twice. */
  private static final class Stuttering extends DefaultKafkaClientSupplier {
    /** More than an erasure's mark has, which adds nothing. */
    private static final int MARK_BYTES = 300;

    private final AtomicBoolean done = new AtomicBoolean();

    @Override
    @SuppressWarnings("unchecked") // A proxy of the same interface.
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
      Consumer<byte[], byte[]> real = super.getConsumer(config);
      return (Consumer<byte[], byte[]>)
          Proxy.newProxyInstance(
              Consumer.class.getClassLoader(),
              new Class<?>[] {Consumer.class},
              (proxy, method, arguments) -> {
                try {
                  Object result = method.invoke(real, arguments);
                  return result instanceof ConsumerRecords<?, ?> records
                      ? twice((ConsumerRecords<byte[], byte[]>) records)
                      : result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    private ConsumerRecords<byte[], byte[]> twice(ConsumerRecords<byte[], byte[]> records) {
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> out = new HashMap<>();
      for (TopicPartition partition : records.partitions()) {
        List<ConsumerRecord<byte[], byte[]>> list = new ArrayList<>(records.records(partition));
        if (partition.topic().endsWith("-deltas-repartition")) {
          list.stream()
              .filter(record -> record.value().length > MARK_BYTES)
              .findFirst()
              .filter(record -> done.compareAndSet(false, true))
              .ifPresent(record -> list.add(list.indexOf(record) + 1, record));
        }
        out.put(partition, list);
      }
      return new ConsumerRecords<>(out, records.nextOffsets());
    }
  }
}
