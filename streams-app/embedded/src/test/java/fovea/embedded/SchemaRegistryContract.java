package fovea.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.PortableSchema;
import fovea.wire.RegistryException;
import fovea.wire.TopicCatalogue;
import fovea.wire.TopicPolicy;
import fovea.wire.TopicSpec;
import fovea.wire.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What every registry with Confluent's REST interface does, over HTTP and our own client. */
abstract class SchemaRegistryContract {
  static final Schema ONE = record("{'name':'a','type':'int'}");
  static final Schema OPTIONAL =
      record("{'name':'a','type':'int'},{'name':'b','type':'int','default':0}");
  static final Schema REQUIRED = record("{'name':'a','type':'int'},{'name':'c','type':'int'}");
  static final Schema LESS = record("");

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private HttpSchemaRegistry client;
  private String subject;
  private URI registry;

  /** Starts the registry under test and gives its address, without a slash at its end. */
  abstract URI start() throws IOException;

  /** From now on the registry is at this address. */
  final void at(URI address) {
    registry = address;
  }

  /** An answer of the registry. */
  record Answer(int status, String type, JsonNode body) {
    int code() {
      return body.path("error_code").asInt();
    }
  }

  @BeforeEach
  void takeASubjectOfItsOwn(TestInfo test) throws IOException {
    at(start());
    subject = test.getTestMethod().orElseThrow().getName() + "-value";
    client = new HttpSchemaRegistry(List.of(registry));
  }

  @AfterEach
  void letGo() {
    client.close();
    http.close();
  }

  @Test
  void aSchemaIsFoundByItsIdItsSubjectAndItself() throws IOException {
    int id = client.register(subject, ONE);

    try (HttpSchemaRegistry other = new HttpSchemaRegistry(List.of(registry))) {
      assertThat(other.byId(id)).isEqualTo(ONE);
      assertThat(other.lookup(subject, ONE)).isEqualTo(id);
      assertThat(other.latest(subject).id()).isEqualTo(id);
      assertThat(other.latest(subject).schema()).isEqualTo(ONE);
      assertThat(other.register(subject, ONE)).isEqualTo(id);
    }
  }

  @Test
  void oneSchemaHasOneIdUnderAllSubjects() throws IOException {
    assertThat(client.register(subject, ONE)).isEqualTo(client.register(subject + "2", ONE));
  }

  @Test
  void versionsAreNumberedFromOneAndReadOneByOne() throws IOException, InterruptedException {
    client.compatibility(subject, "BACKWARD");
    client.register(subject, ONE);
    int id = client.register(subject, OPTIONAL);

    assertThat(get("/subjects/" + subject + "/versions").body().toString()).isEqualTo("[1,2]");
    JsonNode second = get("/subjects/" + subject + "/versions/2").body();
    assertThat(second.path("subject").asText()).isEqualTo(subject);
    assertThat(second.path("version").asInt()).isEqualTo(2);
    assertThat(second.path("id").asInt()).isEqualTo(id);
    assertThat(new Schema.Parser().parse(second.path("schema").asText())).isEqualTo(OPTIONAL);
    assertThat(get("/subjects/" + subject + "/versions/1/schema").body())
        .isEqualTo(JSON.readTree(ONE.toString()));
    assertThat(get("/subjects/" + subject + "/versions/latest").body()).isEqualTo(second);
    assertThat(get("/subjects").body().toString()).contains("\"" + subject + "\"");
    assertThat(get("/schemas/ids/" + id + "/versions").body().toString())
        .contains("\"" + subject + "\"");
  }

  @Test
  void answersAreJson() throws IOException, InterruptedException {
    assertThat(get("/subjects").type()).containsPattern("^application/.*json");
    assertThat(get("/subjects/none/versions").type()).containsPattern("^application/.*json");
  }

  @Test
  void whatWasRegisteredBeforeKeepsItsIdAndMakesNoVersion() throws Exception {
    client.compatibility(subject, "BACKWARD_TRANSITIVE");
    int one = client.register(subject, ONE);
    int optional = client.register(subject, OPTIONAL);

    try (HttpSchemaRegistry other = new HttpSchemaRegistry(List.of(registry))) {
      assertThat(other.register(subject, ONE)).isEqualTo(one).isNotEqualTo(optional);
      assertThat(other.register(subject, OPTIONAL)).isEqualTo(optional);
      assertThat(other.lookup(subject, ONE)).isEqualTo(one);
      assertThat(other.byId(one)).isEqualTo(ONE);
      assertThat(other.byId(optional)).isEqualTo(OPTIONAL);
      assertThat(other.latest(subject).id()).isEqualTo(optional);
    }
    assertThat(get("/subjects/" + subject + "/versions").body().toString()).isEqualTo("[1,2]");
  }

  @Test
  void aLevelMayBeSetBeforeTheFirstSchema() throws IOException {
    client.compatibility(subject, "BACKWARD_TRANSITIVE");

    assertThat(client.compatible(subject, ONE)).isTrue();
    assertThat(client.compatibility(subject)).contains("BACKWARD_TRANSITIVE");
    assertThat(client.register(subject, ONE)).isPositive();
  }

  @Test
  void foveasTopicsAreRegisteredOnceAndMayOnlyGrowBackward() throws Exception {
    TopicCatalogue catalogue = new TopicCatalogue(new Topics("contract"), TopicPolicy.defaults());

    catalogue.register(client);
    try (HttpSchemaRegistry nextStart = new HttpSchemaRegistry(List.of(registry))) {
      catalogue.register(nextStart);
    }

    assertThat(catalogue.all()).hasSizeGreaterThan(9);
    for (TopicSpec topic : catalogue.all()) {
      Schema registered = client.latest(topic.subject()).schema();
      assertThat(registered).isEqualTo(PortableSchema.of(topic.record()));
      assertThat(client.lookup(topic.subject(), registered))
          .isEqualTo(client.latest(topic.subject()).id());
      assertThat(client.compatibility(topic.subject())).contains("BACKWARD_TRANSITIVE");
      assertThat(get("/subjects/" + topic.subject() + "/versions").body().toString())
          .isEqualTo("[1]");
      refused(topic.subject(), with(registered, "demanded", false));
      client.register(topic.subject(), with(registered, "offered", true));
    }
  }

  @Test
  void anIncompatibleSchemaIsRefusedWith409AndLeavesNoVersion() throws Exception {
    client.compatibility(subject, "BACKWARD");
    client.register(subject, ONE);

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client.register(subject, REQUIRED))
        .satisfies(e -> assertThat(e.status()).isEqualTo(409));
    assertThat(client.compatible(subject, REQUIRED)).isFalse();
    assertThat(client.compatible(subject, OPTIONAL)).isTrue();
    assertThat(get("/subjects/" + subject + "/versions").body().toString()).isEqualTo("[1]");
  }

  @Test
  void everyLevelForbidsWhatItSays() throws IOException {
    assertThat(allowed("NONE", List.of(ONE), REQUIRED)).isTrue();
    assertThat(allowed("BACKWARD", List.of(REQUIRED), ONE)).isTrue();
    assertThat(allowed("BACKWARD", List.of(ONE), REQUIRED)).isFalse();
    assertThat(allowed("FORWARD", List.of(ONE), REQUIRED)).isTrue();
    assertThat(allowed("FORWARD", List.of(REQUIRED), ONE)).isFalse();
    assertThat(allowed("FULL", List.of(ONE), OPTIONAL)).isTrue();
    assertThat(allowed("FULL", List.of(REQUIRED), ONE)).isFalse();
    assertThat(allowed("FULL", List.of(ONE), REQUIRED)).isFalse();
  }

  @Test
  void transitiveLevelsReachBeyondTheNewest() throws IOException {
    Schema required = record("{'name':'a','type':'int'},{'name':'b','type':'int'}");
    assertThat(allowed("BACKWARD", List.of(ONE, OPTIONAL), required)).isTrue();
    assertThat(allowed("BACKWARD_TRANSITIVE", List.of(ONE, OPTIONAL), required)).isFalse();
    assertThat(allowed("FORWARD", List.of(required, OPTIONAL), ONE)).isTrue();
    assertThat(allowed("FORWARD_TRANSITIVE", List.of(required, OPTIONAL), ONE)).isFalse();
    assertThat(allowed("FULL", List.of(ONE, OPTIONAL), OPTIONAL)).isTrue();
    assertThat(allowed("FULL_TRANSITIVE", List.of(required, OPTIONAL), ONE)).isFalse();
  }

  @Test
  void theLevelOfASubjectIsAbsentUntilItIsSetAndAgainWhenItIsDeleted() throws Exception {
    assertThat(client.compatibility(subject)).isEmpty();

    client.compatibility(subject, "FULL_TRANSITIVE");
    assertThat(client.compatibility(subject)).contains("FULL_TRANSITIVE");

    assertThat(send("DELETE", "/config/" + subject, "").status()).isEqualTo(200);
    assertThat(client.compatibility(subject)).isEmpty();
  }

  @Test
  void whatIsNotThereHasItsCode() throws Exception {
    client.register(subject, ONE);

    assertThat(get("/subjects/none/versions").code()).isEqualTo(40401);
    assertThat(get("/subjects/" + subject + "/versions/9").code()).isEqualTo(40402);
    assertThat(get("/schemas/ids/99999999").code()).isEqualTo(40403);
    assertThat(send("POST", "/subjects/none", body("schema", ONE.toString())).code())
        .isEqualTo(40401);
    assertThat(send("POST", "/subjects/" + subject, body("schema", LESS.toString())).code())
        .isEqualTo(40403);
    assertThat(get("/subjects/none/versions").status()).isEqualTo(404);
  }

  @Test
  void whatMakesNoSenseHasItsCode() throws Exception {
    client.register(subject, ONE);

    Answer noSchema = send("POST", "/subjects/x/versions", body("schema", "{\"type\":\"what\"}"));
    assertThat(noSchema.status()).isEqualTo(422);
    assertThat(noSchema.code()).isEqualTo(42201);
    assertThat(send("PUT", "/config/" + subject, body("compatibility", "ALWAYS")).code())
        .isEqualTo(42203);
  }

  @Test
  void aDeletedSubjectIsGoneAndItsIdStillMeansItsSchema() throws Exception {
    int id = client.register(subject, ONE);

    Answer deleted = send("DELETE", "/subjects/" + subject, "");

    assertThat(deleted.body().toString()).isEqualTo("[1]");
    assertThat(get("/subjects/" + subject + "/versions").code()).isEqualTo(40401);
    try (HttpSchemaRegistry other = new HttpSchemaRegistry(List.of(registry))) {
      assertThat(other.byId(id)).isEqualTo(ONE);
    }
  }

  @Test
  void aDeletedVersionIsSkipped() throws Exception {
    client.compatibility(subject, "BACKWARD");
    int first = client.register(subject, ONE);
    client.register(subject, OPTIONAL);

    assertThat(send("DELETE", "/subjects/" + subject + "/versions/2", "").body().asInt())
        .isEqualTo(2);

    assertThat(client.latest(subject).id()).isEqualTo(first);
    assertThat(get("/subjects/" + subject + "/versions").body().toString()).isEqualTo("[1]");
  }

  @Test
  void typesAndModeAreTold() throws Exception {
    assertThat(get("/schemas/types").body().toString()).contains("\"AVRO\"");
    assertThat(get("/mode").body().path("mode").asText()).isEqualTo("READWRITE");
  }

  @Test
  void aSubjectMayHaveOddCharacters() throws IOException {
    String odd = subject + " %ä?";

    int id = client.register(odd, ONE);

    assertThat(client.latest(odd).id()).isEqualTo(id);
  }

  @Test
  void registeringOneSchemaAtTheSameTimeGivesOneId() throws Exception {
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      calls.add(
          () -> {
            try (HttpSchemaRegistry own = new HttpSchemaRegistry(List.of(registry))) {
              return own.register(subject, ONE);
            }
          });
    }

    assertThat(all(calls)).hasSize(16).containsOnly(client.register(subject, ONE));
    assertThat(get("/subjects/" + subject + "/versions").body().toString()).isEqualTo("[1]");
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  Answer send(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry + path))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        JSON.readTree(response.body()));
  }

  static String body(String field, String value) {
    return JsonNodeFactory.instance.objectNode().put(field, value).toString();
  }

  private void refused(String subject, Schema schema) {
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client.register(subject, schema))
        .satisfies(e -> assertThat(e.status()).isEqualTo(409));
  }

  /** The schema with one more field, an int, with a default or without. */
  private static Schema with(Schema schema, String name, boolean hasDefault) {
    List<Schema.Field> fields = new ArrayList<>();
    schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    Schema type = Schema.create(Schema.Type.INT);
    fields.add(hasDefault ? new Schema.Field(name, type, "", 0) : new Schema.Field(name, type));
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }

  private boolean allowed(String level, List<Schema> earlier, Schema next) throws IOException {
    String own = subject + level + earlier.hashCode() + next.hashCode();
    client.compatibility(own, "NONE");
    for (Schema schema : earlier) {
      client.register(own, schema);
    }
    client.compatibility(own, level);
    try {
      client.register(own, next);
      return true;
    } catch (RegistryException e) {
      assertThat(e.status()).isEqualTo(409);
      return false;
    }
  }

  private static List<Integer> all(List<Callable<Integer>> calls)
      throws InterruptedException, ExecutionException {
    List<Integer> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
    }
    return results;
  }

  private static Schema record(String fields) {
    String json = "{'type':'record','name':'R','namespace':'n','fields':[" + fields + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }
}
