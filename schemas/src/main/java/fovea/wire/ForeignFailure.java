package fovea.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What another serde's failure means. Theirs say that a record is bad also where their registry is
 * away, or where Avro may not load a record's class; the cause tells.
 */
final class ForeignFailure {
  private static final int NOT_FOUND = 404;

  private ForeignFailure() {}

  /** A schema that the registry does not know is the record's fault, as for our own reader. */
  static KafkaException whileReading(SerializationException thrown, String topic) {
    String message = "a record of " + topic + ": " + thrown.getMessage();
    return status(thrown).equals(OptionalInt.of(NOT_FOUND))
        ? thrown
        : broken(thrown, message).orElse(thrown);
  }

  static KafkaException whileWriting(SerializationException thrown, String topic) {
    String message = "a record for " + topic + ": " + thrown.getMessage();
    return broken(thrown, message).orElse(thrown);
  }

  private static Optional<KafkaException> broken(SerializationException thrown, String message) {
    if (causes(thrown).anyMatch(SecurityException.class::isInstance)) {
      return Optional.of(
          new InvalidConfigurationException(
              message + ": org.apache.avro.SERIALIZABLE_PACKAGES must name fovea.schema", thrown));
    }
    OptionalInt status = status(thrown);
    if (status.isPresent()) {
      int known = status.getAsInt();
      return Optional.of(RegistryFailure.of(new RegistryException(known, known, message), message));
    }
    return causes(thrown)
        .filter(ForeignFailure::network)
        .findFirst()
        .map(cause -> RegistryFailure.of(new IOException(cause), message));
  }

  private static boolean network(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof UnknownHostException
        || cause instanceof UnresolvedAddressException
        || cause instanceof InterruptedIOException
        || cause instanceof HttpTimeoutException
        || cause instanceof SSLException;
  }

  /** The HTTP status of a registry's refusal, of whatever client's exception that tells it. */
  private static OptionalInt status(SerializationException thrown) {
    return causes(thrown)
        .map(ForeignFailure::status)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private static OptionalInt status(Throwable cause) {
    try {
      return cause.getClass().getMethod("getStatus").invoke(cause) instanceof Integer status
          ? OptionalInt.of(status)
          : OptionalInt.empty();
    } catch (ReflectiveOperationException e) {
      return OptionalInt.empty();
    }
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    Stream.Builder<Throwable> chain = Stream.builder();
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      chain.add(cause);
    }
    return chain.build();
  }
}
