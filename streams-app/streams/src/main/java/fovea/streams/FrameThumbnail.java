package fovea.streams;

import fovea.core.frame.Transform;
import fovea.core.image.Thumbnail;
import fovea.schema.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grey 64×64 thumbnail of one image, in the frame of each model that asks; made once, and not
 * before one asks.
 */
final class FrameThumbnail {
  private static final int SIDE = 64;

  private final Thumbnail thumbnail;
  private byte @Nullable [] acquired;

  FrameThumbnail(Thumbnail thumbnail) {
    this.thumbnail = thumbnail;
  }

  Tensor in(Transform transform) {
    byte[] grey = acquired == null ? thumbnail.grey64() : acquired;
    acquired = grey;
    byte[] content = transform == Transform.NONE ? grey : mirrored(grey);
    return new Tensor(ByteBuffer.wrap(content), List.of(SIDE, SIDE), "gray8");
  }

  private static byte[] mirrored(byte[] grey) {
    byte[] out = new byte[grey.length];
    for (int i = 0; i < grey.length; i++) {
      out[i - i % SIDE + SIDE - 1 - i % SIDE] = grey[i];
    }
    return out;
  }
}
