package fovea.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.image.Raster;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameTest {
  /** A bright disc with a brighter spot left of its centre: an eye of the canonical side. */
  private static final Raster LEFT = eye(96, 96, 0.5, 0.4);

  private static final Raster RIGHT = LEFT.mirrored();

  @Test
  void anAlignedImageLiesInItsFrame() {
    Placement placement = frame(spec(true, false)).place(acquisition("macula", "left"), LEFT);

    assertThat(placement.frame()).isEqualTo("OP.MACULA.L.14x14");
    assertThat(placement.status()).isEqualTo(Placement.ALIGNED);
    assertThat(placement.aligned()).isTrue();
    assertThat(placement.transform()).isEqualTo(Transform.NONE);
    assertThat(placement.correlation().orElseThrow()).isCloseTo(1, within(1e-4));
  }

  @Test
  void theOtherSideIsMirroredBeforeItIsCompared() {
    Placement grid = frame(spec(true, false)).place(acquisition("MACULA", "R"), RIGHT);
    Placement input = frame(spec(true, true)).place(acquisition("MACULA", "OD"), RIGHT);

    assertThat(grid.transform()).isEqualTo(Transform.GRID_MIRRORED);
    assertThat(input.transform()).isEqualTo(Transform.INPUT_MIRRORED);
    assertThat(grid.correlation().orElseThrow()).isCloseTo(1, within(0.01));
    assertThat(grid.aligned()).isTrue();
    assertThat(grid.frame()).isEqualTo(input.frame()).isEqualTo("OP.MACULA.L.14x14");
  }

  @Test
  void aWrongSideDoesNotLookLikeTheTemplate() {
    Placement placement = frame(spec(true, false)).place(acquisition("MACULA", "L"), RIGHT);

    assertThat(placement.status()).isEqualTo(Placement.TEMPLATE);
    assertThat(placement.transform()).isEqualTo(Transform.NONE);
  }

  @Test
  void viewAndSideMustBeKnownWhereTheyAreNeeded() {
    Frame frame = frame(spec(true, false));

    for (String view : new String[] {"", "DISC"}) {
      Placement placement = frame.place(acquisition(view, "L"), LEFT);
      assertThat(placement.status()).isEqualTo(Placement.VIEW_UNKNOWN);
      assertThat(placement.frame()).isEqualTo("OP.any.L.14x14");
    }
    for (String side : new String[] {"", "B", "both"}) {
      Placement placement = frame.place(acquisition("MACULA", side), LEFT);
      assertThat(placement.status()).isEqualTo(Placement.LATERALITY_UNKNOWN);
      assertThat(placement.frame()).isEqualTo("OP.MACULA.any.14x14");
      assertThat(placement.correlation()).isEmpty();
    }
  }

  @Test
  void aFrameThatNeedsNothingTakesWhatComes() {
    FrameSpec open = new FrameSpec(Set.of(), Set.of(), false, "L", false, "", 0, 0, null);
    Frame frame = new Frame(open, Optional.empty(), 7, 9);

    Placement placement =
        frame.place(new Acquisition("US", Optional.of("x.y"), Optional.of("R")), LEFT);

    assertThat(frame.accepts("US")).isTrue();
    assertThat(placement)
        .isEqualTo(
            new Placement("US.any.any.7x9", "ALIGNED", Transform.NONE, OptionalDouble.empty()));
  }

  @Test
  void aspectMayDifferByFifteenPercent() {
    Frame frame = frame(spec(true, false));

    assertThat(frame.place(acquisition("MACULA", "L"), eye(109, 96, 0.5, 0.4)).aligned()).isTrue();
    assertThat(frame.place(acquisition("MACULA", "L"), eye(112, 96, 0.5, 0.4)).status())
        .isEqualTo(Placement.ASPECT);
    assertThat(frame.place(acquisition("MACULA", "L"), eye(96, 112, 0.5, 0.4)).status())
        .isEqualTo(Placement.ASPECT);
  }

  @Test
  void theFieldOfViewMustBeFoundAtItsPlaceAndSize() {
    Frame frame = frame(spec(true, false));

    for (Raster raster :
        new Raster[] {
          eye(96, 96, 0.65, 0.35), eye(96, 96, 0.5, 0.2), Raster.of8(96, 96, 1, new byte[96 * 96])
        }) {
      assertThat(frame.place(acquisition("MACULA", "L"), raster).status())
          .isEqualTo(Placement.FIELD_OF_VIEW);
    }
  }

  @Test
  void onlyItsModalitiesAreAccepted() {
    Frame frame = frame(spec(true, false));

    assertThat(frame.accepts("OP")).isTrue();
    assertThat(frame.accepts("DX")).isFalse();
    assertThat(Modality.canonical("cxr")).contains("DX");
    assertThat(Modality.canonical("X-ray")).contains("DX");
    assertThat(Modality.canonical(" fundus ")).contains("OP");
    assertThat(Modality.canonical("Mammo")).contains("MG");
    assertThat(Modality.canonical("opt")).contains("OPT");
    assertThat(Modality.canonical("selfie")).isEmpty();
    assertThat(Modality.canonical("")).isEmpty();
  }

  @Test
  void mistakesAreNamed() {
    FrameSpec spec = spec(true, false);
    assertThatThrownBy(() -> new Frame(spec, Optional.of(new float[9]), 1, 1))
        .hasMessageContaining("9");
    assertThatThrownBy(() -> new Frame(spec, Optional.empty(), 0, 1)).hasMessageContaining("0x1");
    assertThatThrownBy(() -> new Acquisition("cxr", Optional.empty(), Optional.empty()))
        .hasMessageContaining("cxr");
    assertThatThrownBy(() -> new TemplateBuilder().build())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTemplateHoldsWhatItsImagesShare() {
    TemplateBuilder builder = new TemplateBuilder();
    for (int i = 0; i < 10; i++) {
      builder.add(LEFT, false);
      builder.add(RIGHT, true);
    }
    Template template = builder.build();

    assertThat(template.minCorrelation()).isCloseTo(1, within(0.01));
    assertThat(template.aspect()).isEqualTo(1);
    FieldOfView field = template.fieldOfView().orElseThrow();
    assertThat(field.centreX()).isCloseTo(0.5, within(0.02));
    assertThat(field.diameter()).isCloseTo(0.8, within(0.05));
    assertThat(template.bytes()).hasSize(4096);
  }

  private static Frame frame(FrameSpec spec) {
    TemplateBuilder builder = new TemplateBuilder();
    builder.add(LEFT, false);
    return new Frame(spec, Optional.of(builder.build().grid()), 14, 14);
  }

  private static FrameSpec spec(boolean lateral, boolean canonicalInput) {
    FieldOfView field = new FieldOfView(0.5, 0.5, 0.8, 0.1);
    return new FrameSpec(
        Set.of("FUNDUS"), Set.of("MACULA"), lateral, "L", canonicalInput, "t.f32", 0.9, 1, field);
  }

  private static Acquisition acquisition(String view, String side) {
    return new Acquisition(
        "OP",
        Optional.of(view).filter(v -> !v.isEmpty()),
        Optional.of(side).filter(s -> !s.isEmpty()));
  }

  private static Raster eye(int width, int height, double centreX, double radius) {
    byte[] samples = new byte[width * height];
    for (int i = 0; i < samples.length; i++) {
      double x = (i % width + 0.5) / width - centreX;
      int row = i / width;
      double y = (row + 0.5) / height - 0.5;
      boolean spot = Math.hypot(x + radius / 2, y) < radius / 3;
      samples[i] = (byte) (Math.hypot(x, y) > radius ? 4 : spot ? 220 : 110);
    }
    return Raster.of8(width, height, 1, samples);
  }
}
