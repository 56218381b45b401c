package fovea.app.ingest;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One file to publish, with what the labels file says of it.
 *
 * @param file where it lies
 * @param imageId its path below the folder, or what the labels file says
 * @param subjectId the labels file's subject, or the image id where it has none
 * @param laterality L or R, where known
 * @param view where known
 * @param examId where known
 * @param device where known
 */
public record Listing(
    Path file,
    String imageId,
    String subjectId,
    Optional<String> laterality,
    Optional<String> view,
    Optional<String> examId,
    Optional<String> device) {}
