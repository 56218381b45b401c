package fovea.core.image;

import java.util.Optional;

/** The formats that are read, told apart by their first bytes and never by a name. */
enum ImageFormat {
  JPEG("jpeg"),
  PNG("png"),
  PNM("pnm"),
  TIFF("tiff");

  private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int TIFF_LITTLE = 0x49492a00;
  private static final int TIFF_BIG = 0x4d4d002a;

  private final String imageIoName;

  ImageFormat(String imageIoName) {
    this.imageIoName = imageIoName;
  }

  String imageIoName() {
    return imageIoName;
  }

  static Optional<ImageFormat> of(byte[] content) {
    if (content.length < 8) {
      return Optional.empty();
    }
    int head = Bytes.int32(content, 0);
    if (head >>> 8 == 0xffd8ff) {
      return Optional.of(JPEG);
    }
    if (((long) head << 32 | Integer.toUnsignedLong(Bytes.int32(content, 4))) == PNG_SIGNATURE) {
      return Optional.of(PNG);
    }
    if (head == TIFF_LITTLE || head == TIFF_BIG) {
      return Optional.of(TIFF);
    }
    return isPnm(content) ? Optional.of(PNM) : Optional.empty();
  }

  /** P2, P3, P5 or P6, then white space. */
  private static boolean isPnm(byte[] content) {
    return content[0] == 'P'
        && (content[1] == '2' || content[1] == '3' || content[1] == '5' || content[1] == '6')
        && (content[2] == ' ' || content[2] == '\t' || content[2] == '\r' || content[2] == '\n');
  }
}
