package fovea.wire;

import java.io.IOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;

/** What a registry's failure means to Kafka: a bad record, a broken set-up or a broken world. */
final class RegistryFailure {
  private RegistryFailure() {}

  /** Only an id that the registry does not know is the record's fault. */
  static KafkaException whileReading(IOException cause, int id) {
    String message = "schema id " + id + ": " + cause.getMessage();
    if (cause instanceof RegistryException answer
        && answer.code() == RegistryException.SCHEMA_NOT_FOUND) {
      return new SerializationException(message, cause);
    }
    return cause instanceof NotAvroException
        ? new SerializationException(message, cause)
        : of(cause, message);
  }

  static KafkaException whileWriting(IOException cause, String subject) {
    return of(cause, "subject " + subject + ": " + cause.getMessage());
  }

  static KafkaException of(IOException cause, String message) {
    if (!(cause instanceof RegistryException answer)) {
      return new DisconnectException("registry did not answer, " + message, cause);
    }
    if (answer.status() >= 500) {
      return new DisconnectException(message, cause);
    }
    return switch (answer.status()) {
      case 401 -> new AuthenticationException(message, cause);
      case 403 -> new AuthorizationException(message, cause);
      case 429 -> new ThrottlingQuotaExceededException(message);
      default -> new InvalidConfigurationException(message, cause);
    };
  }
}
