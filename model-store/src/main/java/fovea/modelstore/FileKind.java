package fovea.modelstore;

import java.util.List;

/** Tells files that people take for an ONNX model and are none; nothing is ever unpacked here. */
final class FileKind {
  @SuppressWarnings("ArrayRecordComponent")
  private record Known(String said, int... first) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known("a zip archive, such as a PyTorch checkpoint", 'P', 'K', 3, 4),
          new Known("compressed by gzip", 0x1f, 0x8b),
          new Known("compressed by zstd", 0x28, 0xb5, 0x2f, 0xfd),
          new Known("compressed by xz", 0xfd, '7', 'z', 'X', 'Z'),
          new Known("an HDF5 file, such as a Keras model", 0x89, 'H', 'D', 'F'));

  private FileKind() {}

  static void check(byte[] content) {
    KNOWN.stream()
        .filter(known -> begins(content, known.first()))
        .findFirst()
        .ifPresent(
            known -> {
              throw new ModelRefusedException("not an ONNX model: the file is " + known.said());
            });
  }

  private static boolean begins(byte[] content, int[] first) {
    boolean same = content.length >= first.length;
    for (int i = 0; same && i < first.length; i++) {
      same = (content[i] & 0xff) == first[i];
    }
    return same;
  }
}
