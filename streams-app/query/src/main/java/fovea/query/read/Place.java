package fovea.query.read;

import java.time.LocalDate;

/** Where and when: what is added up within a {@link Series}. */
record Place(String site, LocalDate day) {}
