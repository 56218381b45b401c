package fovea.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.modelstore.Manifest;
import fovea.modelstore.ManifestJson;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelSignature;
import fovea.modelstore.ModelStore;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.Readings;
import fovea.modelstore.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea model show}: what the manifest and the graph say of one version. */
@Command(name = "show", description = "Show what is said of a model; --json prints its manifest.")
final class ModelShowCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOption target = new StoreOption();

  @Parameters(paramLabel = "ID[/VERSION]", description = "The newest version where none is said.")
  private String name = "";

  private final Surroundings surroundings;

  ModelShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    ModelStore store = target.present(common, surroundings);
    var ref = StoreOption.named(store, name);
    StoredModel model;
    try {
      model = store.open(ref.id(), ref.version());
    } catch (ModelRefusedException e) {
      throw new WrongUseException(ref + ": " + e.getMessage());
    }
    if (common.json) {
      byte[] manifest = ManifestJson.write(model.manifest());
      surroundings.terminal().json(new ObjectMapper().readTree(manifest));
    } else {
      print(model);
    }
    return ExitCode.DONE;
  }

  private void print(StoredModel model) {
    Manifest m = model.manifest();
    OnnxGraph graph = OnnxGraph.read(model.read(StoredModel.ONNX));
    line("model", model.ref() + " in " + model.directory());
    line("sha-256", model.sha256());
    line("signed", Files.exists(model.directory().resolve(ModelSignature.FILE)) ? "yes" : "no");
    line("labels", String.join(", ", m.labels()));
    line("validated", String.join(", ", m.positive()));
    line("link", m.link().name().toLowerCase(Locale.ROOT));
    line("thresholds", m.thresholds().toString());
    line("input", graph.inputs() + ", mean " + m.input().mean() + ", std " + m.input().std());
    line("outputs", graph.outputs().toString());
    if (!m.blackBox()) {
      line("offset", m.offset().isEmpty() ? "an output, per image" : m.offset().toString());
    }
    line("explainer", m.explainer().id() + " " + m.explainer().parameters());
    m.explainer().probe().ifPresent(probe -> print(m, probe));
    line("readings", readings(model.readings()));
    line("frame", m.frame().template().isEmpty() ? "accepts every image" : "has a template");
    line("batch", m.batchInvariant() ? "does not matter" : "matters: images run one by one");
    line("licence", m.licence());
    line("data", m.trainingData());
  }

  private void print(Manifest m, Manifest.Probe probe) {
    line(
        "black box",
        "explained from outside on a grid of %dx%d, %d forwards an image, a share of %s of images"
            .formatted(
                probe.gridHeight(),
                probe.gridWidth(),
                m.probePlan().forwards(m.labels().size()),
                probe.share()));
    line("hidden", "parts of an image become " + probe.fill());
  }

  private static String readings(Readings readings) {
    List<String> words = new ArrayList<>();
    readings
        .prototypes()
        .ifPresent(p -> words.add("%d prototypes, %d named".formatted(p.count(), p.top())));
    readings.lesions().ifPresent(l -> words.add("%s from %s".formatted(l.label(), l.names())));
    readings.abnormality().ifPresent(label -> words.add("anything abnormal is " + label));
    return words.isEmpty() ? "none" : String.join("; ", words);
  }

  private void line(String what, String value) {
    surroundings.terminal().result("%-10s %s".formatted(what, value));
  }
}
