package fovea.core.phantom;

import fovea.core.image.Raster;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * An endless screening programme of fundus-like images: disc, macula, arcades, a bright field on
 * black, and lesions of known place.
 *
 * <p>Image i is a pure function of the spec and i, equal on every machine. Both eyes of a subject
 * follow each other; a subject comes back for later exams with the same anatomy, and lesions do not
 * heal. Immutable and thread-safe; an image costs time in proportion to its pixels.
 */
public final class Phantom {
  /** The camera's round mask. */
  public static final Zone FIELD_OF_VIEW = new Zone(0.5, 0.5, 0.47);

  private final PhantomSpec spec;
  private final Seeds seeds;

  public Phantom(PhantomSpec spec) {
    this.spec = spec;
    this.seeds = new Seeds(spec.seed());
  }

  public PhantomSpec spec() {
    return spec;
  }

  /** Image {@code index}, counted from 0. */
  public PhantomImage image(long index) {
    Visit visit = Visit.of(index);
    return draw(index, visit, disease(visit).at(visit.exam()));
  }

  /** Image {@code index} as it were with exactly these lesions; nothing else differs. */
  public PhantomImage image(long index, Set<Lesion> lesions) {
    return draw(index, Visit.of(index), lesions);
  }

  private PhantomImage draw(long index, Visit visit, Set<Lesion> lesions) {
    PhantomSite site = site(visit);
    return new PhantomImage(
        index,
        visit.subjectId(),
        visit.examId(),
        visit.imageId(),
        site.name(),
        site.device(),
        site.softwareVersion(),
        visit.right() ? "R" : "L",
        spec.start().plus(spec.interval().multipliedBy(index)),
        lesions,
        raster(index, visit, lesions));
  }

  private Raster raster(long index, Visit visit, Set<Lesion> lesions) {
    RandomGenerator random = seeds.generator(Seeds.Part.IMAGE, index);
    Pose pose = Pose.draw(random);
    double exposure = random.nextDouble(0.92, 1.08);
    Canvas canvas = new Canvas(spec.side());
    paint(canvas, pose, visit, lesions);
    PhantomSite site = site(visit);
    double dust = spec.artefact().map(a -> a.strength(site.name(), index)).orElse(0.0);
    return new Camera(site, visit.right(), exposure, dust).shoot(canvas, spec.side(), random);
  }

  private void paint(Canvas canvas, Pose pose, Visit visit, Set<Lesion> lesions) {
    Eye eye = Eye.draw(seeds.generator(Seeds.Part.EYE, visit.eye()));
    Disease disease = disease(visit);
    canvas.fill(Colour.FUNDUS, eye.pigment());
    eye.texture().forEach(s -> canvas.paint(pose.place(s)));
    Zone macula = Lesion.MACULAR_LESION.zone();
    canvas.paint(pose.place(new Spot(macula.x(), macula.y(), 0.13, 1, Colour.MACULA, 0.75)));
    disc(eye, disease, lesions).forEach(s -> canvas.paint(pose.place(s)));
    canvas.paint(eye.vessels(), pose);
    if (lesions.contains(Lesion.MACULAR_LESION)) {
      disease.drusen().forEach(s -> canvas.paint(pose.place(s)));
    }
    if (lesions.contains(Lesion.PERIPHERAL_LESION)) {
      disease.folds().forEach(s -> canvas.paint(pose.place(s)));
    }
  }

  private static List<Spot> disc(Eye eye, Disease disease, Set<Lesion> lesions) {
    boolean ill = lesions.contains(Lesion.GLAUCOMATOUS_DISC);
    Zone disc = Lesion.GLAUCOMATOUS_DISC.zone();
    double cup = eye.discRadius() * (ill ? disease.cup() : eye.cup());
    return List.of(
        new Spot(disc.x(), disc.y(), eye.discRadius(), 0.2, Colour.DISC, 1),
        new Spot(disc.x(), disc.y(), cup, 0.3, ill ? Colour.PALE_CUP : Colour.CUP, 1));
  }

  private Disease disease(Visit visit) {
    return Disease.draw(seeds.generator(Seeds.Part.LESION, visit.eye()));
  }

  private PhantomSite site(Visit visit) {
    List<PhantomSite> sites = spec.sites();
    RandomGenerator random = seeds.generator(Seeds.Part.SUBJECT, visit.subject());
    return sites.get(random.nextInt(sites.size()));
  }
}
