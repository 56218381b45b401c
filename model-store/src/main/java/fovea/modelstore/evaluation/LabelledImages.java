package fovea.modelstore.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Images of a folder with what is known of them: CSV with a header, the first column the file's
 * path below the folder.
 *
 * @param folder in which the table lies
 * @param columns in the file's order
 * @param rows by column
 */
public record LabelledImages(Path folder, List<String> columns, List<Map<String, String>> rows) {
  public LabelledImages {
    columns = List.copyOf(columns);
    rows = rows.stream().map(Map::copyOf).toList();
  }

  /**
   * Reads the table {@code labels} of {@code folder}.
   *
   * @throws IOException if it cannot be read or is no CSV
   */
  public static LabelledImages read(Path folder, String labels) throws IOException {
    Path file = folder.resolve(labels);
    CsvMapper mapper = new CsvMapper();
    List<Map<String, String>> rows = new ArrayList<>();
    try (MappingIterator<Map<String, String>> lines =
        mapper
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(Files.newBufferedReader(file))) {
      List<String> columns = new ArrayList<>();
      while (lines.hasNext()) {
        rows.add(lines.next());
        if (columns.isEmpty()) {
          ((CsvSchema) lines.getParserSchema()).forEach(c -> columns.add(c.getName()));
        }
      }
      return new LabelledImages(folder, columns, rows);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not CSV: " + e.getOriginalMessage(), e);
    }
  }

  public int size() {
    return rows.size();
  }

  /** The file of row {@code i}. */
  public Path file(int i) {
    return folder.resolve(value(i, columns.getFirst()));
  }

  /**
   * One cell, without blanks around it.
   *
   * @throws IllegalArgumentException if the table has no such column
   */
  public String value(int i, String column) {
    if (!columns.contains(column)) {
      throw new IllegalArgumentException("no column '%s' among %s".formatted(column, columns));
    }
    return rows.get(i).getOrDefault(column, "").strip();
  }

  /** What stands in a column, each once, in alphabetical order. */
  public List<String> distinct(String column) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      out.add(value(i, column));
    }
    return out.stream().distinct().sorted().toList();
  }
}
