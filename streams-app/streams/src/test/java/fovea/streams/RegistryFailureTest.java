package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.image.ImageDecoder;
import fovea.schema.ScreeningImage;
import fovea.wire.AvroSerde;
import fovea.wire.InMemorySchemaRegistry;
import fovea.wire.SchemaRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.Test;

class RegistryFailureTest {

  @Test
  void aRegistryThatDoesNotAnswerIsNotTheRecordsFault() {
    InMemorySchemaRegistry up = new InMemorySchemaRegistry();
    byte[] good =
        new AvroSerde<>(ScreeningImage.class, up)
            .serializer()
            .serialize("images", TestImages.record("s", "i", TestImages.png(1)).build());
    ImageRecord record = new ImageRecord("images", ScoreRig.INGESTED.toEpochMilli(), good);

    assertThat(reader(up).fields(record)).isInstanceOf(Reading.Read.class);
    assertThatThrownBy(() -> reader(new Silent(up)).fields(record))
        .isInstanceOf(RetriableException.class);
  }

  private static ImageReader reader(SchemaRegistry registry) {
    return new ImageReader(
        new AvroSerde<>(ScreeningImage.class, registry).deserializer(),
        new ImageDecoder(ScoreRig.POLICY.limits()));
  }

  /** A registry whose host does not answer when it is asked for a schema. */
  private record Silent(SchemaRegistry up) implements SchemaRegistry {
    @Override
    public Schema byId(int id) throws IOException {
      throw new ConnectException("refused");
    }

    @Override
    public int register(String subject, Schema schema) throws IOException {
      return up.register(subject, schema);
    }

    @Override
    public int lookup(String subject, Schema schema) throws IOException {
      return up.lookup(subject, schema);
    }

    @Override
    public Registered latest(String subject) throws IOException {
      return up.latest(subject);
    }

    @Override
    public boolean compatible(String subject, Schema schema) throws IOException {
      return up.compatible(subject, schema);
    }

    @Override
    public Optional<String> compatibility(String subject) throws IOException {
      return up.compatibility(subject);
    }

    @Override
    public void compatibility(String subject, String level) throws IOException {
      up.compatibility(subject, level);
    }
  }
}
