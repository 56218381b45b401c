package fovea.inference;

import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelStore;
import fovea.modelstore.ModelWriter;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last step of an addition: card, version, proof that it loads, store. Used once. */
final class NewVersion {
  private final InferenceConfig config;
  private final ModelAdd.Request request;
  private final ManifestDraft draft;

  /** Of a request that is complete. */
  NewVersion(InferenceConfig config, ModelAdd.Request request, ManifestDraft draft) {
    this.config = config;
    this.request = request;
    this.draft = draft;
  }

  /**
   * @param source the file as it is
   * @param files graph, template and parity vectors by name; the card is added to them
   * @param notes what was decided; choices are added to them
   */
  Adding add(OnnxGraph source, Findings findings, Map<String, byte[]> files, List<String> notes) {
    Manifest first = draft.manifest("1", findings);
    noteChoices(first, notes);
    files.put("model-card.md", ModelCard.write(first, source, notes));
    Versions versions = new Versions(ModelStore.at(request.store()), request.id());
    Optional<StoredModel> same = versions.same(version -> draft.manifest(version, findings), files);
    if (same.isPresent()) {
      return new Adding.Unchanged(same.get());
    }
    Manifest manifest = draft.manifest(versions.next(), findings);
    prove(manifest, files);
    StoredModel model = new ModelWriter(ModelStore.at(request.store())).write(manifest, files);
    return new Adding.Added(model, notes);
  }

  /** Loads the model from a store that is thrown away: the user's gets none that would not load. */
  private void prove(Manifest manifest, Map<String, byte[]> files) {
    try (Scratch scratch = new Scratch()) {
      StoredModel draftModel =
          new ModelWriter(ModelStore.at(scratch.folder())).write(manifest, files);
      switch (new ModelLoader(config).load(draftModel)) {
        case Loading.Ready ready -> ready.classifier().close();
        case Loading.Refused refused -> throw new ModelRefusedException(refused.reason());
      }
    }
  }

  private void noteChoices(Manifest manifest, List<String> notes) {
    if (request.positive().isEmpty()) {
      notes.add("Validated are %s, because nobody said --positive.".formatted(manifest.positive()));
    }
    if (manifest.frame().template().isEmpty()) {
      notes.add("The frame accepts every image, because no sample of images was given.");
    }
  }
}
