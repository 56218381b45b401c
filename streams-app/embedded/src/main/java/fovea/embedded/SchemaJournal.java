package fovea.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of changes, one JSON document a line, that only grows. A change is on the disk when {@code
 * append} returns. A last line without its end is what a crash left of a change that nobody was
 * told of: it is cut off. Any other damage is an error. Held by one process; thread-confined.
 */
final class SchemaJournal implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final FileChannel channel;
  private final List<Change> past;

  private SchemaJournal(FileChannel channel, List<Change> past) {
    this.channel = channel;
    this.past = past;
  }

  static SchemaJournal open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean usable = false;
    try {
      lock(channel, file);
      byte[] content = Files.readAllBytes(file);
      int end = afterLastLine(content);
      List<Change> past = changes(file, content, end);
      channel.truncate(end).position(end);
      usable = true;
      return new SchemaJournal(channel, past);
    } finally {
      if (!usable) {
        channel.close();
      }
    }
  }

  /** What was in the file when it was opened, oldest first. */
  List<Change> past() {
    return past;
  }

  void append(Change change) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap((JSON.writeValueAsString(change) + "\n").getBytes(StandardCharsets.UTF_8));
    long before = channel.position();
    boolean written = false;
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
      written = true;
    } finally {
      if (!written) {
        // A disk that filled up must not leave half a line for the next change to follow.
        channel.truncate(before);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    try {
      if (channel.tryLock() == null) {
        throw new IOException(file + " is in use by another process");
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException(file + " is in use in this process", e);
    }
  }

  private static int afterLastLine(byte[] content) {
    int end = content.length;
    while (end > 0 && content[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static List<Change> changes(Path file, byte[] content, int end) throws IOException {
    List<Change> changes = new ArrayList<>();
    String text = new String(content, 0, end, StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      try {
        changes.add(JSON.readValue(line, Change.class));
      } catch (JsonProcessingException e) {
        throw new IOException(file + " is damaged in line " + (changes.size() + 1), e);
      }
    }
    return List.copyOf(changes);
  }
}
