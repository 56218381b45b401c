package fovea.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.schema.Erasure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSchemaRegistryTest {
  private static final String LONG = "{'schema':'\\\"long\\\"'}";
  private static final byte[] WIRE = {0, 0, 0, 0, 7, 2};

  @SuppressWarnings("NullAway.Init") // set before each test
  private ScriptedRegistry server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedRegistry();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void busyAndBrokenAnswersAreAskedAgainUntilThereIsOne() throws IOException {
    server.reply(503, "<html>").reply(429, "{}").reply(500, "").reply(200, LONG);

    try (HttpSchemaRegistry registry = registry(server.url())) {
      assertThat(registry.byId(7)).isEqualTo(Schema.create(Schema.Type.LONG));
    }
    assertThat(server.calls()).hasSize(4).containsOnly("GET /schemas/ids/7");
  }

  @Test
  void patienceEndsAfterTheLastRound() {
    server.reply(503, "{}");

    try (HttpSchemaRegistry registry = registry(server.url())) {
      assertThatExceptionOfType(RegistryException.class)
          .isThrownBy(() -> registry.byId(7))
          .satisfies(e -> assertThat(e.status()).isEqualTo(503));
    }
    assertThat(server.calls()).hasSize(4);
  }

  @Test
  void anAnswerThatIsARefusalIsNotAskedAgain() {
    server.reply(404, "{'error_code':40403,'message':'Schema not found'}");

    try (HttpSchemaRegistry registry = registry(server.url())) {
      assertThatExceptionOfType(RegistryException.class)
          .isThrownBy(() -> registry.byId(7))
          .satisfies(e -> assertThat(e.code()).isEqualTo(40403));
    }
    assertThat(server.calls()).hasSize(1);
  }

  @Test
  void anIdIsAskedForOnce() throws IOException {
    server.reply(200, LONG);

    try (HttpSchemaRegistry registry = registry(server.url())) {
      registry.byId(7);
      registry.byId(7);
    }
    assertThat(server.calls()).hasSize(1);
  }

  @Test
  void aDeadAddressIsPassedOverAndTheLivingOneRemembered() throws IOException {
    ScriptedRegistry dead = new ScriptedRegistry();
    dead.close();
    server.reply(200, LONG);

    try (HttpSchemaRegistry registry = registry(dead.url(), server.url())) {
      registry.byId(7);
      registry.byId(8);
    }
    assertThat(server.calls()).containsExactly("GET /schemas/ids/7", "GET /schemas/ids/8");
  }

  @Test
  void referencesToOtherSubjectsAreFetched() throws IOException {
    server
        .reply(
            200,
            """
            {"schema":"{\\"type\\":\\"array\\",\\"items\\":\\"n.R\\"}",
             "references":[{"name":"n.R","subject":"r v","version":3}]}\
            """)
        .reply(
            200,
            """
            {"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"R\\",\\"namespace\\":\\"n\\",\
            \\"fields\\":[]}"}\
            """);

    try (HttpSchemaRegistry registry = registry(server.url())) {
      assertThat(registry.byId(7).getElementType().getFullName()).isEqualTo("n.R");
    }
    assertThat(server.calls())
        .containsExactly("GET /schemas/ids/7", "GET /subjects/r%20v/versions/3");
  }

  @Test
  void basicAndBearerCredentialsAreSent() throws IOException {
    server.reply(200, LONG);
    String url = server.url().toString();

    ask(
        Map.of(
            "schema.registry.url", url,
            "basic.auth.credentials.source", "USER_INFO",
            "basic.auth.user.info", "u:p"));
    ask(Map.of("schema.registry.url", url.replace("//", "//u:p@")));
    ask(
        Map.of(
            "schema.registry.url", url,
            "bearer.auth.credentials.source", "STATIC_TOKEN",
            "bearer.auth.token", "t"));
    ask(Map.of("schema.registry.url", url));

    assertThat(server.authorizations())
        .containsExactly("Basic dTpw", "Basic dTpw", "Bearer t", "null");
  }

  @Test
  void severalAddressesStandApartByCommas() throws IOException {
    ScriptedRegistry dead = new ScriptedRegistry();
    dead.close();
    server.reply(200, LONG);

    ask(Map.of("schema.registry.url", dead.url() + " , " + server.url() + "/"));

    assertThat(server.calls()).containsExactly("GET /schemas/ids/7");
  }

  @Test
  void badBytesAndABrokenRegistryAreToldApart() {
    server
        .reply(404, "{'error_code':40403,'message':'Schema not found'}")
        .reply(200, "{'schema':'message M {}','schemaType':'PROTOBUF'}")
        .reply(401, "{}")
        .reply(404, "<html>a page of something else</html>")
        .reply(503, "");

    try (HttpSchemaRegistry registry = registry(server.url())) {
      AvroSerde<Erasure> serde = new AvroSerde<>(Erasure.class, registry);
      assertRead(serde, SerializationException.class);
      assertRead(serde, SerializationException.class);
      assertRead(serde, AuthenticationException.class);
      assertRead(serde, InvalidConfigurationException.class);
      assertRead(serde, RetriableException.class);
      server.close();
      assertRead(serde, RetriableException.class);
    }
  }

  @Test
  void settingsThatCannotBeAreRefusedWithoutTellingASecret() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HttpSchemaRegistry.from(Map.of("schema.registry.url", " , ")))
        .withMessageContaining("schema.registry.url");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                HttpSchemaRegistry.from(
                    Map.of(
                        "schema.registry.url", "http://h",
                        "basic.auth.credentials.source", "SASL_INHERIT")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> HttpSchemaRegistry.from(Map.of("schema.registry.url", "ftp://u:secret@h")))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    assertThat(RegistryAuth.basic("u:secret").toString()).doesNotContain("dTpz");
  }

  @Test
  void anAnswerThatIsNoSchemaIsNoAnswer() {
    server.reply(200, "{}");

    try (HttpSchemaRegistry registry = registry(server.url())) {
      assertThatIOException().isThrownBy(() -> registry.byId(7)).withMessageContaining("schema");
    }
  }

  private static void assertRead(AvroSerde<Erasure> serde, Class<? extends Exception> failure) {
    assertThatThrownBy(() -> serde.deserializer().deserialize("t", WIRE)).isInstanceOf(failure);
  }

  private static void ask(Map<String, String> configs) throws IOException {
    try (HttpSchemaRegistry registry = HttpSchemaRegistry.from(configs)) {
      registry.byId(7);
    }
  }

  private static HttpSchemaRegistry registry(URI... urls) {
    return new HttpSchemaRegistry(
        new RegistryClientPolicy(
            List.of(urls),
            RegistryAuth.none(),
            Duration.ofSeconds(10),
            4,
            Duration.ofMillis(1),
            Duration.ofMillis(4)));
  }
}
