package fovea.app.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a folder is published.
 *
 * <p>With a labels file, the files it lists, in its order. Without, every file below the folder in
 * order of its path, but for hidden ones and those whose name says they are tables or papers; a
 * damaged image is published, whatever is in it.
 *
 * @param listings what is published
 * @param skipped files left out, by their path below the folder
 * @param missing listed files that are not there
 */
public record Folder(List<Listing> listings, List<String> skipped, List<String> missing) {
  private static final Set<String> NO_IMAGES =
      Set.of("csv", "tsv", "json", "yaml", "yml", "md", "npz", "npy", "xml", "html", "pdf", "zip");

  /** Looks through {@code folder}. */
  public static Folder read(Path folder, Optional<LabelsFile> labels) throws IOException {
    List<String> found = files(folder);
    return labels.isPresent() ? listed(folder, labels.get(), found) : all(folder, found);
  }

  private static Folder listed(Path folder, LabelsFile labels, List<String> found) {
    Set<String> there = Set.copyOf(found);
    Set<String> named = Set.copyOf(labels.paths());
    return new Folder(
        labels.paths().stream()
            .filter(there::contains)
            .map(p -> labels.listing(folder, p))
            .toList(),
        found.stream().filter(path -> !named.contains(path)).toList(),
        labels.paths().stream().filter(path -> !there.contains(path)).toList());
  }

  private static Folder all(Path folder, List<String> found) {
    List<Listing> listings = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (String path : found) {
      if (looksLikeImage(path)) {
        listings.add(plain(folder.resolve(path), path));
      } else {
        skipped.add(path);
      }
    }
    return new Folder(List.copyOf(listings), List.copyOf(skipped), List.of());
  }

  private static Listing plain(Path file, String path) {
    Optional<String> unknown = Optional.empty();
    return new Listing(file, path, path, unknown, unknown, unknown, unknown);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private static boolean looksLikeImage(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return !path.startsWith(".") && !path.contains("/.") && !NO_IMAGES.contains(extension);
  }
}
