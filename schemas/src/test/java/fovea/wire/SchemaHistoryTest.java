package fovea.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Today's schemas against every one that was ever committed: see README.md beside this module. */
class SchemaHistoryTest {
  /** What lies in a topic, and therefore has a history; all other records live inside these. */
  private static final List<String> ON_THE_WIRE =
      List.of(
          "ScreeningImage",
          "Explanation",
          "Outcome",
          "Erasure",
          "Certificate",
          "GlobalExplanation",
          "Validation",
          "Alarm",
          "DeadLetter",
          "ModelEvent",
          "HeldContributions",
          "HeldOutcomes",
          "Delta");

  private static final Path SCHEMAS = Path.of(System.getProperty("fovea.root")).resolve("schemas");
  private static final SchemaValidator READS_ALL =
      new SchemaValidatorBuilder().canReadStrategy().validateAll();

  @TestFactory
  Stream<DynamicTest> everySchemaReadsWhatItsWholeHistoryWrote() {
    return ON_THE_WIRE.stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> check(current(name), history(name))));
  }

  @TestFactory
  Stream<DynamicTest> everySchemaStandsInItsHistory() {
    return ON_THE_WIRE.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertThat(history(name).getLast().toString())
                            .as(
                                "%s differs from the newest file in schemas/history/%s; see"
                                    + " schemas/README.md. Its file would be:%n%s",
                                name, name, pretty(current(name)))
                            .isEqualTo(current(name).toString())));
  }

  @Test
  void everyRecordOfATopicIsChecked() throws IOException {
    List<String> ofTopics =
        new TopicCatalogue(new Topics("fovea"), TopicPolicy.defaults())
            .all().stream().map(topic -> topic.record().getName()).toList();

    assertThat(ON_THE_WIRE).containsAll(ofTopics);
    try (Stream<Path> folders = Files.list(SCHEMAS.resolve("history"))) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(ON_THE_WIRE);
    }
  }

  @Test
  void aFieldWithoutDefaultAddedLaterIsCaught() {
    Schema first = parse("{'type':'record','name':'R','fields':[]}");
    Schema second =
        parse("{'type':'record','name':'R','fields':[{'name':'a','type':'int','default':0}]}");
    Schema third = parse("{'type':'record','name':'R','fields':[{'name':'a','type':'int'}]}");

    // The newest alone would let it pass: the check must reach the first.
    assertThatThrownBy(() -> check(third, List.of(first, second)))
        .isInstanceOf(SchemaValidationException.class);
  }

  private static String pretty(Schema schema) throws JsonProcessingException {
    return new JsonMapper().readTree(schema.toString()).toPrettyString();
  }

  private static void check(Schema current, List<Schema> earlier) throws SchemaValidationException {
    // Newest first, as Avro wants them.
    READS_ALL.validate(current, earlier.reversed());
  }

  private static Schema current(String name) throws ClassNotFoundException {
    return PortableSchema.of(SpecificData.get().getSchema(Class.forName("fovea.schema." + name)));
  }

  private static List<Schema> history(String name) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(SCHEMAS.resolve("history").resolve(name))) {
      files = found.sorted(Comparator.comparingInt(SchemaHistoryTest::number)).toList();
    }
    List<Schema> schemas = new ArrayList<>();
    for (Path file : files) {
      assertThat(number(file)).isEqualTo(schemas.size() + 1);
      schemas.add(new Schema.Parser().parse(Files.readString(file)));
    }
    assertThat(schemas).as("history of %s", name).isNotEmpty();
    return schemas;
  }

  private static int number(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceFirst("\\.avsc$", ""));
  }

  private static Schema parse(String json) {
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }
}
