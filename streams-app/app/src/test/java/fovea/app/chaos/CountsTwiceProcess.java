package fovea.app.chaos;

import fovea.app.wiring.UnsafeApplications;
import fovea.embedded.EndWithParent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** A planted bug: after each start, one of the differences that arrive is added twice. */
final class CountsTwiceProcess {
  private CountsTwiceProcess() {}

  public static void main(String[] args) throws InterruptedException {
    EndWithParent.watch();
    new UnsafeApplications(args, Map.of(), new Stuttering()).run();
  }

  /** Makes consumers that hand one record of the deltas over twice. */
  private static final class Stuttering extends MeddlingClients {
    /** More than an erasure's mark has, which adds nothing. */
    private static final int MARK_BYTES = 300;

    private final AtomicBoolean done = new AtomicBoolean();

    @Override
    ConsumerRecords<byte[], byte[]> polled(ConsumerRecords<byte[], byte[]> records) {
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
