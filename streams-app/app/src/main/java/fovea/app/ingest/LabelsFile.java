package fovea.app.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A table of what is known of the files of a folder: CSV with a header, the first column the file's
 * path below the folder.
 *
 * <p>Columns are found by name, whatever their case: {@code imageId}; {@code subject}, {@code
 * subjectId}, {@code patient} or {@code patientId}; {@code laterality}; {@code view}; {@code exam}
 * or {@code examId}; {@code device}. A name may have a prefix or suffix set off by an underscore
 * ({@code nih_patient}, {@code laterality_from_name}). Others are left alone. Immutable.
 */
public final class LabelsFile {
  private final Map<String, Map<String, String>> rows;

  private LabelsFile(Map<String, Map<String, String>> rows) {
    this.rows = rows;
  }

  /**
   * Reads the table.
   *
   * @throws IOException if it cannot be read or is no CSV
   * @throws IllegalArgumentException if a path stands twice
   */
  public static LabelsFile read(Path file) throws IOException {
    CsvMapper mapper = CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    try (MappingIterator<String[]> lines =
        mapper.readerFor(String[].class).readValues(Files.newBufferedReader(file))) {
      if (!lines.hasNext()) {
        return new LabelsFile(rows);
      }
      String[] header = lines.next();
      while (lines.hasNext()) {
        String[] cells = lines.next();
        if (cells.length > 0 && !cells[0].isBlank()) {
          put(rows, header, cells);
        }
      }
      return new LabelsFile(rows);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not CSV: " + e.getOriginalMessage(), e);
    }
  }

  private static void put(Map<String, Map<String, String>> rows, String[] header, String[] cells) {
    Map<String, String> row = new HashMap<>();
    for (int i = 1; i < Math.min(header.length, cells.length); i++) {
      if (!cells[i].isBlank()) {
        row.put(header[i].strip().toLowerCase(Locale.ROOT), cells[i].strip());
      }
    }
    if (rows.put(cells[0].strip(), row) != null) {
      throw new IllegalArgumentException("the labels file names '" + cells[0] + "' twice");
    }
  }

  /** Paths in the order of the file. */
  public List<String> paths() {
    return List.copyOf(rows.keySet());
  }

  /** The listing of {@code path}, a file of this table. */
  Listing listing(Path folder, String path) {
    Map<String, String> row = rows.getOrDefault(path, Map.of());
    String imageId = value(row, "imageid", "image_id").orElse(path);
    return new Listing(
        folder.resolve(path),
        imageId,
        value(row, "subjectid", "subject", "patientid", "patient").orElse(imageId),
        value(row, "laterality").flatMap(LabelsFile::side),
        value(row, "view"),
        value(row, "examid", "exam"),
        value(row, "device"));
  }

  private static Optional<String> value(Map<String, String> row, String... names) {
    for (String name : names) {
      for (Map.Entry<String, String> cell : row.entrySet()) {
        String column = cell.getKey();
        if (column.equals(name) || column.startsWith(name + "_") || column.endsWith("_" + name)) {
          return Optional.of(cell.getValue());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> side(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "l", "left", "os" -> Optional.of("L");
      case "r", "right", "od" -> Optional.of("R");
      default -> Optional.empty();
    };
  }
}
