package fovea.streams.deadletter;

/** Why a record was refused: the reason code of its dead letter. */
public enum Reason {
  /** Not in the wire format, or not of a readable schema. */
  SCHEMA,
  /** A field is missing, blank, too long or contradicts another. */
  FIELD,
  /** The modality is not known, or no model that serves accepts it. */
  MODALITY,
  /** The time of acquisition cannot be true. */
  CLOCK,
  /** Its day is so long ago that its aggregates are no longer kept. */
  TOO_LATE,
  /** The image lies elsewhere and could not be fetched. */
  FETCH,
  /** The content is not what its SHA-256 says. */
  CHECKSUM,
  /** The image cannot be decoded. */
  IMAGE,
  /** The image is beyond the limits on bytes or pixels. */
  TOO_LARGE,
  /** A model failed on the image, or gave numbers that are none. */
  MODEL
}
