package fovea.streams.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies of one application's stores on disk: {@code <state.dir>/<application>/<task>/rocksdb/
 * <store>}.
 *
 * <p>Kafka Streams deletes a task's folder file by file when it must begin anew. Where the process
 * ends meanwhile, half a store is left, which cannot be opened at any later start. All of it is in
 * the changelogs, so a folder that cannot be opened is deleted, and restored from there.
 */
final class StateFolder {
  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
  private static final String TASK = "\\d+_\\d+";

  private final Path folder;

  StateFolder(Path stateDirectory, String applicationId) {
    this.folder = stateDirectory.resolve(applicationId);
  }

  /**
   * Deletes the folder of every task with a store that cannot be opened; gives their names. Before
   * the application starts, as what runs holds its stores.
   */
  List<String> dropBroken() {
    RocksDB.loadLibrary();
    List<String> dropped = new ArrayList<>();
    for (Path task : children(folder)) {
      String name = task.getFileName().toString();
      Optional<String> broken = name.matches(TASK) ? broken(task) : Optional.empty();
      if (broken.isPresent()) {
        LOG.atWarn()
            .addKeyValue("task", name)
            .log("state is deleted and restored from its changelog: {}", broken.get());
        delete(task);
        dropped.add(name);
      }
    }
    return List.copyOf(dropped);
  }

  private static Optional<String> broken(Path task) {
    return children(task.resolve("rocksdb")).stream()
        .flatMap(store -> refusal(store).stream())
        .findFirst();
  }

  /** Why a store cannot be opened; only looked at, nothing is written. */
  private static Optional<String> refusal(Path store) {
    if (children(store).isEmpty()) {
      return Optional.empty();
    }
    try (Options options = new Options().setCreateIfMissing(false);
        RocksDB _ = RocksDB.openReadOnly(options, store.toString())) {
      return Optional.empty();
    } catch (RocksDBException e) {
      return Optional.of(store.getFileName() + ": " + e.getMessage());
    }
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
