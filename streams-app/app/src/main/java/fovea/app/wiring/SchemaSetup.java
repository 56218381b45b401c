package fovea.app.wiring;

import fovea.schema.Alarm;
import fovea.schema.Certificate;
import fovea.schema.DeadLetter;
import fovea.schema.Erasure;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.ModelEvent;
import fovea.schema.Outcome;
import fovea.schema.ScreeningImage;
import fovea.schema.Validation;
import fovea.wire.SchemaRegistry;
import fovea.wire.Topics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Registers the schema of every topic before anything is written, and how it may change. */
final class SchemaSetup {
  static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

  private final Topics topics;

  SchemaSetup(Topics topics) {
    this.topics = topics;
  }

  /**
   * Sets and registers.
   *
   * @throws IOException if the registry does not answer, or refuses a schema
   */
  void prepare(SchemaRegistry registry) throws IOException {
    for (Map.Entry<String, Schema> entry : schemas().entrySet()) {
      String subject = entry.getKey() + "-value";
      registry.compatibility(subject, COMPATIBILITY);
      registry.register(subject, entry.getValue());
    }
  }

  private Map<String, Schema> schemas() {
    Map<String, Schema> out = new LinkedHashMap<>();
    out.put(topics.images(), ScreeningImage.getClassSchema());
    out.put(topics.explanations(), Explanation.getClassSchema());
    out.put(topics.outcomes(), Outcome.getClassSchema());
    out.put(topics.erasures(), Erasure.getClassSchema());
    out.put(topics.globalExplanations(), GlobalExplanation.getClassSchema());
    out.put(topics.validations(), Validation.getClassSchema());
    out.put(topics.alarms(), Alarm.getClassSchema());
    out.put(topics.deadLetters(), DeadLetter.getClassSchema());
    out.put(topics.models(), ModelEvent.getClassSchema());
    out.put(topics.certificates(), Certificate.getClassSchema());
    return out;
  }
}
