package fovea.training;

/** What a net is to learn, and from which changed images. */
record Lesson(Objective objective, Augmentation augmentation) {

  /** Of the phantom's lesions, and of a diagnosis that is made of them. */
  static Lesson path(NetSpec spec, Plan plan) {
    return new Lesson(new PathObjective(spec.trunk(), plan.weights()), new Jitter(spec.side()));
  }

  /** Of the phantom's lesions. */
  static Lesson lesions(NetSpec spec, Plan plan) {
    return new Lesson(new LesionObjective(spec, plan.weights()), new Jitter(spec.side()));
  }
}
