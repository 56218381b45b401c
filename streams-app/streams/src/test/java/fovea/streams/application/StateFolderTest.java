package fovea.streams.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class StateFolderTest {
  @TempDir private Path directory;

  @Test
  void halfAStoreGoesWithItsTaskAndNothingElse() throws IOException, RocksDBException {
    store("0_0", "moments");
    store("0_0", "folds");
    store("0_1", "moments");
    Path sound = store("0_2", "moments");
    deleteOne(directory.resolve("aggregate/0_0/rocksdb/moments"), "MANIFEST*");
    deleteOne(directory.resolve("aggregate/0_1/rocksdb/moments"), "*.sst");

    assertThat(new StateFolder(directory, "aggregate").dropBroken()).containsExactly("0_0", "0_1");
    assertThat(directory.resolve("aggregate/0_0")).doesNotExist();
    assertThat(directory.resolve("aggregate/0_1")).doesNotExist();
    assertThat(sound).isNotEmptyDirectory();
  }

  @Test
  void noFolderAndAnEmptyStoreAreNotBroken() throws IOException {
    assertThat(new StateFolder(directory, "none").dropBroken()).isEmpty();
    Files.createDirectories(directory.resolve("aggregate/0_0/rocksdb/moments"));

    assertThat(new StateFolder(directory, "aggregate").dropBroken()).isEmpty();
  }

  private Path store(String task, String name) throws IOException, RocksDBException {
    RocksDB.loadLibrary();
    Path store =
        Files.createDirectories(directory.resolve("aggregate/" + task + "/rocksdb/" + name));
    try (Options options = new Options().setCreateIfMissing(true);
        FlushOptions flush = new FlushOptions();
        RocksDB opened = RocksDB.open(options, store.toString())) {
      opened.put("key".getBytes(StandardCharsets.UTF_8), new byte[100]);
      opened.flush(flush);
    }
    return store;
  }

  private static void deleteOne(Path store, String glob) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(store, glob)) {
      Files.delete(found.iterator().next());
    }
  }
}
