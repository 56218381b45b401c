package fovea.core.frame;

/** What was done to bring an image's map into its frame. */
public enum Transform {
  /** Nothing: the image lies in the frame as acquired. */
  NONE,
  /** The model saw the image as acquired; its grid is mirrored. */
  GRID_MIRRORED,
  /** The model was trained on one side and sees the image mirrored; its grid stays. */
  INPUT_MIRRORED
}
