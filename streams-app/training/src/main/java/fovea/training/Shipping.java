package fovea.training;

import fovea.core.frame.FrameSpec;
import fovea.core.frame.Template;
import fovea.core.phantom.Lesion;
import fovea.core.phantom.PhantomImage;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelStore;
import fovea.modelstore.ModelWriter;
import fovea.modelstore.StoredModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes what was trained as a version in a model store. */
record Shipping(ModelStore store, ModelRef model) {
  static final String TEMPLATE = "template.f32";

  StoredModel write(Trained trained) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(StoredModel.ONNX, trained.weights().onnx(model.id()));
    files.put(
        "model-card.md", new ModelCard(model, trained).text().getBytes(StandardCharsets.UTF_8));
    files.put(TEMPLATE, trained.template().bytes());
    files.putAll(trained.parity().files());
    return new ModelWriter(store).write(manifest(trained), files);
  }

  private Manifest manifest(Trained trained) {
    NetSpec spec = trained.weights().spec();
    List<String> labels = Arrays.stream(Lesion.values()).map(Lesion::label).toList();
    return new Manifest(
        Manifest.CONTRACT,
        model.id(),
        model.version(),
        Map.of(),
        input(spec),
        Link.SIGMOID,
        labels,
        labels,
        labels.stream().collect(Collectors.toMap(l -> l, l -> 0.5)),
        Map.of("logits", "logits", "evidence", "evidence"),
        offset(trained.weights()),
        new Manifest.Explainer("class-evidence", Map.of()),
        frame(trained.template()),
        trained.quantisation(),
        new Manifest.Tolerances(1e-5, 1e-5),
        // The engine that serves measures this at every load, and runs images one by one if not.
        true,
        "Apache-2.0",
        data(trained.images(), trained.plan()));
  }

  static String data(int images, Plan plan) {
    return "%d synthetic images of the phantom, seed %d; no patient".formatted(images, plan.seed());
  }

  /** What a net of ours takes: samples ÷ {@link Example#STD}. */
  static Manifest.Input input(NetSpec spec) {
    return new Manifest.Input(
        "input",
        spec.channels(),
        spec.side(),
        spec.side(),
        "NCHW",
        Collections.nCopies(spec.channels(), 0f),
        Collections.nCopies(spec.channels(), Example.STD));
  }

  static List<Float> offset(PortableNet weights) {
    List<Float> out = new ArrayList<>();
    for (float value : weights.offsets()) {
      out.add(value);
    }
    return out;
  }

  /** The phantom's, on the canonical side. */
  static FrameSpec frame(Template template) {
    return new FrameSpec(
        Set.of(PhantomImage.MODALITY),
        Set.of(PhantomImage.VIEW),
        true,
        "L",
        true,
        TEMPLATE,
        template.minCorrelation(),
        template.aspect(),
        template.fieldOfView().orElse(null));
  }
}
