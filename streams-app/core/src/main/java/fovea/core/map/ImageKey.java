package fovea.core.map;

/**
 * Identity of an image.
 *
 * @param subjectId pseudonym of the person
 * @param imageId unique within the subject
 */
public record ImageKey(String subjectId, String imageId) {}
