package fovea.core.image;

import javax.imageio.stream.ImageInputStreamImpl;

/** An ImageIO stream straight over a file's bytes: no cache on disk and no copy in memory. */
final class ContentStream extends ImageInputStreamImpl {
  private final byte[] content;

  ContentStream(byte[] content) {
    this.content = content;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < content.length ? content[(int) streamPos++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    bitOffset = 0;
    if (streamPos >= content.length) {
      return length == 0 ? 0 : -1;
    }
    int n = (int) Math.min(length, content.length - streamPos);
    System.arraycopy(content, (int) streamPos, into, offset, n);
    streamPos += n;
    return n;
  }

  @Override
  public long length() {
    return content.length;
  }
}
