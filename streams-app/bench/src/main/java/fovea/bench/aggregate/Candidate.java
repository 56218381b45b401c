package fovea.bench.aggregate;

import fovea.app.chaos.ApplicationProcess;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/** What is measured side by side. */
enum Candidate {
  /** Fovea's aggregate, the product's own command line. */
  OURS("(a) ours"),

  /** Mean and squares of the map upsampled to 224×224, raw bytes. */
  PIXELS("(b) 224×224 float, raw"),

  /** The same as Avro arrays. */
  AVRO("(c) 224×224 float, Avro"),

  /** Mean and squares of the 14×14 grid, raw bytes. */
  CELLS("(d) 14×14 float, raw");

  private final String title;

  Candidate(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Class and arguments of its process, before the settings. */
  List<String> command() {
    return this == OURS
        ? List.of(ApplicationProcess.class.getName(), "run")
        : List.of(RivalProcess.class.getName(), name());
  }

  /** Pixels of a side of what a rival keeps. */
  int side() {
    return this == CELLS ? 14 : 224;
  }

  /** How a rival writes it. */
  Serde<FloatMaps> serde() {
    return this == AVRO ? new AvroMaps() : new RawMaps();
  }
}
