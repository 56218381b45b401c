package fovea.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import fovea.schema.Erasure;
import fovea.wire.AvroSerde;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.TopicCatalogue;
import fovea.wire.TopicPolicy;
import fovea.wire.TopicSpec;
import fovea.wire.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryTest extends SchemaRegistryContract {
  @TempDir private Path directory;

  @SuppressWarnings("NullAway.Init") // the contract starts it before each test
  private EmbeddedRegistry registry;

  @AfterEach
  void stop() throws IOException {
    registry.close();
  }

  @Override
  URI start() throws IOException {
    registry = EmbeddedRegistry.start(directory, 0);
    return registry.url();
  }

  @Test
  void theDefaultLevelIsBackwardAndCanBeChanged() throws Exception {
    assertThat(get("/config").body().path("compatibilityLevel").asText()).isEqualTo("BACKWARD");
    assertThat(get("/config/none?defaultToGlobal=true").body().path("compatibilityLevel").asText())
        .isEqualTo("BACKWARD");
    assertThat(get("/config/none").code()).isEqualTo(40408);

    send("PUT", "/config", body("compatibility", "FULL"));

    assertThat(get("/config").body().path("compatibilityLevel").asText()).isEqualTo("FULL");
  }

  @Test
  void wordsAreConfluentsWhereRegistriesDiffer() throws Exception {
    assertThat(get("/subjects").type()).startsWith("application/vnd.schemaregistry.v1+json");
    assertThat(get("/subjects/none/versions").type())
        .startsWith("application/vnd.schemaregistry.v1+json");
    assertThat(get("/subjects/none/versions/first").code()).isEqualTo(42202);
    assertThat(get("/subjects/none/versions/0").code()).isEqualTo(42202);
  }

  @Test
  void schemasLevelsDeletionsAndIdsOutliveARestart() throws Exception {
    int one;
    int optional;
    try (HttpSchemaRegistry client = new HttpSchemaRegistry(List.of(registry.url()))) {
      client.compatibility("s", "BACKWARD_TRANSITIVE");
      one = client.register("s", ONE);
      optional = client.register("s", OPTIONAL);
      client.register("gone", LESS);
      send("DELETE", "/subjects/gone", "");
    }

    restart();

    try (HttpSchemaRegistry client = new HttpSchemaRegistry(List.of(registry.url()))) {
      assertThat(client.byId(one)).isEqualTo(ONE);
      assertThat(client.latest("s").id()).isEqualTo(optional);
      assertThat(client.compatibility("s")).contains("BACKWARD_TRANSITIVE");
      assertThat(get("/subjects").body().toString()).isEqualTo("[\"s\"]");
      assertThat(client.register("t", REQUIRED)).isEqualTo(4);
    }
  }

  @Test
  void aTornLastLineIsCutOffAndTheRestStays() throws Exception {
    int one;
    try (HttpSchemaRegistry client = new HttpSchemaRegistry(List.of(registry.url()))) {
      one = client.register("s", ONE);
    }
    registry.close();
    Path file = directory.resolve("schemas.jsonl");
    Files.writeString(file, "{\"change\":\"regis", StandardOpenOption.APPEND);

    at(start());

    try (HttpSchemaRegistry client = new HttpSchemaRegistry(List.of(registry.url()))) {
      assertThat(client.latest("s").id()).isEqualTo(one);
      client.register("s", OPTIONAL);
    }
    restart();
    assertThat(get("/subjects/s/versions").body().toString()).isEqualTo("[1,2]");
  }

  @Test
  void damageBeforeTheLastLineIsAnErrorThatNamesTheLine() throws Exception {
    registry.close();
    Files.writeString(directory.resolve("schemas.jsonl"), "rubbish\n");

    assertThatIOException()
        .isThrownBy(() -> EmbeddedRegistry.start(directory, 0))
        .withMessageContaining("line 1");
    Files.writeString(directory.resolve("schemas.jsonl"), "");
  }

  @Test
  void aSecondRegistryOnTheSameDirectoryOrPortIsRefused(@TempDir Path other) {
    assertThatIOException()
        .isThrownBy(() -> EmbeddedRegistry.start(directory, 0))
        .withMessageContaining("in use");
    assertThatIOException()
        .isThrownBy(() -> EmbeddedRegistry.start(other, registry.url().getPort()))
        .withMessageContaining("in use");
  }

  @Test
  void unknownPathsAndBodiesThatAreNoJsonAreRefusedInJson() throws Exception {
    assertThat(get("/nothing/here").code()).isEqualTo(404);
    assertThat(send("POST", "/subjects/s/versions", "{").status()).isEqualTo(400);
    assertThat(send("POST", "/subjects/s/versions", "[]").status()).isEqualTo(400);
    assertThat(send("POST", "/subjects/s/versions", "").status()).isEqualTo(400);
    assertThat(send("POST", "/subjects/s/versions", "{}").code()).isEqualTo(42201);
  }

  @Test
  void compatibilityIsExplainedWhenAsked() throws Exception {
    send("POST", "/subjects/s/versions", body("schema", ONE.toString()));

    Answer answer =
        send(
            "POST",
            "/compatibility/subjects/s/versions/latest?verbose=true",
            body("schema", REQUIRED.toString()));

    assertThat(answer.body().path("is_compatible").asBoolean()).isFalse();
    assertThat(answer.body().path("messages").toString())
        .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
  }

  @Test
  void everySchemaOfTheCatalogueIsTaken() throws Exception {
    List<TopicSpec> topics = new TopicCatalogue(new Topics("fovea"), TopicPolicy.defaults()).all();
    try (HttpSchemaRegistry client = new HttpSchemaRegistry(List.of(registry.url()))) {
      new TopicCatalogue(new Topics("fovea"), TopicPolicy.defaults()).register(client);
    }

    assertThat(get("/subjects").body()).hasSize(topics.size());
  }

  @Test
  void aSerdeConfiguredWithConfluentsKeysGoesThroughTheRegistry() {
    Erasure erasure =
        Erasure.newBuilder()
            .setSubjectId("s")
            .setEffectiveAt(Instant.parse("2026-01-02T03:04:05.006Z"))
            .build();
    Map<String, String> configs = Map.of("schema.registry.url", registry.url().toString());
    try (AvroSerde<Erasure> writing = new AvroSerde<>(Erasure.class);
        AvroSerde<Erasure> reading = new AvroSerde<>(Erasure.class)) {
      writing.configure(configs, false);
      reading.configure(configs, false);

      byte[] wire = writing.serializer().serialize("fovea.erasures", erasure);

      assertThat(reading.deserializer().deserialize("fovea.erasures", wire)).isEqualTo(erasure);
    }
  }

  private void restart() throws IOException {
    registry.close();
    at(start());
  }
}
