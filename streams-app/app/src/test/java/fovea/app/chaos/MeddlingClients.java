package fovea.app.chaos;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/** Kafka's own clients, but for one thing that a planted fault does to its consumers. */
abstract class MeddlingClients extends DefaultKafkaClientSupplier {

  /** Called before a consumer does what it is asked for. */
  void before(String method, @Nullable Object @Nullable [] arguments) {}

  /** What the topology gets for the records that came. */
  ConsumerRecords<byte[], byte[]> polled(ConsumerRecords<byte[], byte[]> records) {
    return records;
  }

  @Override
  @SuppressWarnings("unchecked") // A proxy of the same interface.
  public final Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    Consumer<byte[], byte[]> real = super.getConsumer(config);
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Consumer.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (proxy, method, arguments) -> {
              before(method.getName(), arguments);
              try {
                Object result = method.invoke(real, arguments);
                return result instanceof ConsumerRecords<?, ?> records
                    ? polled((ConsumerRecords<byte[], byte[]>) records)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
