package fovea.core.phantom;

import fovea.core.image.Raster;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One image of the phantom with its truth. Immutable.
 *
 * @param index its place in the stream
 * @param subjectId pseudonym, the same over exams
 * @param examId one exam is both eyes of a subject on one visit
 * @param imageId unique within a seed
 * @param site the site's name
 * @param device the site's camera
 * @param softwareVersion the camera's software
 * @param laterality L or R
 * @param acquiredAt start + index × interval
 * @param lesions the findings that are there
 * @param raster RGB, as acquired: a right eye is a mirror image of the frame
 */
public record PhantomImage(
    long index,
    String subjectId,
    String examId,
    String imageId,
    String site,
    String device,
    String softwareVersion,
    String laterality,
    Instant acquiredAt,
    Set<Lesion> lesions,
    Raster raster) {

  /** DICOM modality of every image. */
  public static final String MODALITY = "OP";

  /** View of every image. */
  public static final String VIEW = "MACULA";

  public PhantomImage {
    lesions = Set.copyOf(lesions);
  }

  public String modality() {
    return MODALITY;
  }

  public String view() {
    return VIEW;
  }

  /** Labels of the lesions that are there, in the order of {@link Lesion}. */
  public List<String> labels() {
    return new TreeSet<>(lesions).stream().map(Lesion::label).toList();
  }

  /** The raster as the canonical frame has it: right eyes mirrored. */
  public Raster canonicalRaster() {
    return laterality.equals("R") ? raster.mirrored() : raster;
  }
}
