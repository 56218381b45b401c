package fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.core.explainer.LabelGrids;
import fovea.core.inference.Outputs;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTrainerTest {
  private static final NetSpec SPEC = NetSpec.small(3);
  private static final Plan PLAN = new Plan(11, 2, 16, 3e-3f, new Plan.Weights(1, 0.01f, 0.1f), 1);
  private static List<Example> examples = List.of();

  @BeforeAll
  static void render() {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        machine.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)"),
        () -> "PyTorch's native library is on the class path for Linux on x86-64, not " + machine);
    examples = new Programme(5, SPEC.side(), Programme.manySites()).examples(64, done -> {});
  }

  @Test
  void foldedWeightsSayWhatTheTrainedNetSays() {
    try (EvidenceTrainer trainer = trained()) {
      List<Example> some = examples.subList(0, 3);
      List<Outputs> trained = trainer.predict(some);
      PortableNet folded = trainer.folded();

      for (int i = 0; i < some.size(); i++) {
        Outputs plain = folded.run(tensor(some.get(i)));
        assertClose(plain.logits(), trained.get(i).logits());
        for (int l = 0; l < SPEC.labels(); l++) {
          assertClose(plain.evidence(l), trained.get(i).evidence(l));
        }
      }
    }
  }

  @Test
  void foldedWeightsSayWhatTheTrainedNetOfLesionsSays() {
    NetSpec spec = NetSpec.lesions(3, 1.5);
    List<Example> diagnosed = examples.stream().map(e -> e.diagnosed(3)).toList();
    try (EvidenceTrainer trainer =
        new EvidenceTrainer(spec, PLAN, diagnosed.size(), Lesson.path(spec, PLAN))) {
      trainer.epoch(1, diagnosed, (percent, loss) -> {});
      Example one = diagnosed.getFirst();
      Outputs trained = trainer.predict(List.of(one)).getFirst();
      LesionNet folded = (LesionNet) trainer.folded();

      Outputs plain = folded.run(tensor(one));

      assertClose(plain.logits(), trained.logits());
      for (int l = 0; l < spec.labels(); l++) {
        assertClose(plain.evidence(l), trained.evidence(l));
      }
      LabelGrids maps = trainer.lesions(List.of(one)).getFirst();
      assertClose(folded.lesions(tensor(one)).values(), maps.values());
      assertThat(trained.residual()).isLessThan(1e-4);
      assertThat(folded.model().path(maps).sum() + trained.offset(3))
          .isCloseTo(trained.logit(3), within(1e-4));
    }
  }

  @Test
  void logitsAreTheMeanOfTheEvidencePlusTheOffset() {
    try (EvidenceTrainer trainer = trained()) {
      for (Outputs o : trainer.predict(examples)) {
        assertThat(o.residual()).isLessThan(1e-4);
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameNet() {
    try (EvidenceTrainer one = trained();
        EvidenceTrainer two = trained()) {
      float[] first = one.predict(examples.subList(0, 1)).getFirst().logits();
      float[] second = two.predict(examples.subList(0, 1)).getFirst().logits();

      for (int l = 0; l < first.length; l++) {
        assertThat(second[l]).isCloseTo(first[l], within(1e-3f));
      }
    }
  }

  @Test
  void restoredWeightsAreTheOldNet() {
    try (EvidenceTrainer trainer = trained()) {
      var weights = trainer.weights();
      double before = trainer.objective(examples);
      trainer.epoch(2, examples, (percent, loss) -> {});
      assertThat(trainer.objective(examples)).isNotEqualTo(before);

      trainer.restore(weights);

      assertThat(trainer.objective(examples)).isEqualTo(before);
    }
  }

  @Test
  void anInterruptedTrainingGoesOnAsIfNothingHadBeen(@TempDir Path folder) {
    Plan plan = new Plan(11, 2, 16, 3e-3f, PLAN.weights(), 9);
    Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()), false);
    Path file = folder.resolve("kept");
    float[] whole;
    float[] resumed;
    try (EvidenceTrainer trainer = trainer(plan)) {
      new Fitting(plan, silent, Optional.empty()).fit(trainer, examples, examples, () -> "");
      whole = trainer.predict(examples.subList(0, 1)).getFirst().logits();
    }
    Fitting.Kept kept = new Fitting.Kept(file, "this");
    try (EvidenceTrainer trainer = trainer(plan)) {
      trainer.epoch(1, examples, (percent, loss) -> {});
      double objective = trainer.objective(examples);
      new Checkpoint(
              "this", 1, objective, 0, trainer.weights(), trainer.weights(), trainer.optimised())
          .write(file);
    }
    try (EvidenceTrainer trainer = trainer(plan)) {
      new Fitting(plan, silent, Optional.of(kept)).fit(trainer, examples, examples, () -> "");
      resumed = trainer.predict(examples.subList(0, 1)).getFirst().logits();
    }

    for (int l = 0; l < whole.length; l++) {
      assertThat(resumed[l]).isCloseTo(whole[l], within(1e-3f));
    }
    Fitting other = new Fitting(plan, silent, Optional.of(new Fitting.Kept(file, "another")));
    try (EvidenceTrainer trainer = trainer(plan)) {
      assertThatThrownBy(() -> other.fit(trainer, examples, examples, () -> ""))
          .hasMessageContaining("another training");
    }
  }

  private static EvidenceTrainer trainer(Plan plan) {
    return new EvidenceTrainer(SPEC, plan, examples.size(), Lesson.lesions(SPEC, plan));
  }

  private static EvidenceTrainer trained() {
    EvidenceTrainer trainer =
        new EvidenceTrainer(SPEC, PLAN, examples.size(), Lesson.lesions(SPEC, PLAN));
    trainer.epoch(1, examples, (percent, loss) -> {});
    return trainer;
  }

  static float[] tensor(Example example) {
    float[] out = new float[example.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = example.at(i);
    }
    return out;
  }

  private static void assertClose(float[] actual, float[] expected) {
    float greatest = 1;
    for (float value : expected) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) Math.abs(actual[i] - expected[i])).isLessThan(1e-5 * greatest);
    }
  }
}
