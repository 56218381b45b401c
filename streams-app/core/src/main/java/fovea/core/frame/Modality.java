package fovea.core.frame;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** DICOM's codes of imaging modalities, and the common names for them. */
public final class Modality {
  private static final Set<String> CODES =
      Set.of(
          "AR", "BDUS", "BMD", "CR", "CT", "DMS", "DX", "ES", "GM", "IO", "IVOCT", "IVUS", "KER",
          "LEN", "MG", "MR", "NM", "OAM", "OCT", "OP", "OPM", "OPT", "OPTBSV", "OPTENF", "OPV",
          "OSS", "PT", "PX", "RF", "RG", "SM", "TG", "US", "VA", "XA", "XC");
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("CXR", "DX"),
          Map.entry("XR", "DX"),
          Map.entry("XRAY", "DX"),
          Map.entry("CHESTXRAY", "DX"),
          Map.entry("RADIOGRAPHY", "DX"),
          Map.entry("CFP", "OP"),
          Map.entry("FUNDUS", "OP"),
          Map.entry("FUNDUSPHOTO", "OP"),
          Map.entry("FUNDUSPHOTOGRAPHY", "OP"),
          Map.entry("MAMMO", "MG"),
          Map.entry("MAMMOGRAM", "MG"),
          Map.entry("MAMMOGRAPHY", "MG"),
          Map.entry("RETINALOCT", "OPT"),
          Map.entry("ULTRASOUND", "US"),
          Map.entry("SONOGRAPHY", "US"),
          Map.entry("MRI", "MR"),
          Map.entry("PET", "PT"),
          Map.entry("DERMOSCOPY", "DMS"),
          Map.entry("ENDOSCOPY", "ES"));

  private Modality() {}

  /** The code of a code or common name, whatever its case; empty where it is neither. */
  public static Optional<String> canonical(String name) {
    if (CODES.contains(name)) {
      return Optional.of(name);
    }
    String plain = name.strip().toUpperCase(Locale.ROOT).replaceAll("[ _-]", "");
    return CODES.contains(plain) ? Optional.of(plain) : Optional.ofNullable(NAMES.get(plain));
  }
}
