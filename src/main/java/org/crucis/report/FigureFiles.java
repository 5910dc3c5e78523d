package org.crucis.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Figure;

/** The figures of a run, each in a file that stands alone: for papers and slides. */
public final class FigureFiles {

    /** What a file holds. */
    public enum Format {
        /** With its styles inside, in the colours of light paper; nothing is loaded from elsewhere. */
        SVG,
        /** One page of the figure's size, all vectors; letters are outlines of the fonts of this machine. */
        PDF
    }

    private final EvidenceFolder.Contents run;

    private FigureFiles(EvidenceFolder.Contents run) {
        this.run = run;
    }

    /** Reads the folder of a run. */
    public static FigureFiles of(EvidenceFolder folder) {
        return new FigureFiles(folder.readEvidence());
    }

    /** The ids of the claims that left evidence. */
    public List<String> claims() {
        return run.evidence().stream().map(Evidence::claim).sorted().toList();
    }

    /** What could not be used, a sentence each. */
    public List<String> problems() {
        return run.problems();
    }

    /**
     * Writes the figures of these claims, named {@code PAPER.CLAIM.PREDICTION.svg}, with a number behind the prediction where
     * it has several. Tables are no figures.
     *
     * @param folder is made when it is not there
     * @return the files, in the order of evidence
     * @throws UncheckedIOException when a file cannot be written, in one sentence
     */
    public List<Path> write(List<String> claims, Format format, Path folder) {
        List<Path> written = new ArrayList<>();
        for (Evidence evidence : run.evidence()) {
            if (claims.contains(evidence.claim())) {
                for (Evidence.Entry entry : evidence.predictions()) {
                    written.addAll(write(evidence.claim(), entry, format, folder));
                }
            }
        }
        return written;
    }

    private static List<Path> write(String claim, Evidence.Entry entry, Format format, Path folder) {
        List<Plate> plates = Plate.of(entry).stream()
                .filter(plate -> plate.figure() instanceof Figure.Picture)
                .toList();
        List<Path> written = new ArrayList<>();
        for (int index = 0; index < plates.size(); index++) {
            String name = claim.replace('/', '.') + "." + entry.id() + (plates.size() == 1 ? "" : "." + (index + 1))
                    + "." + format.name().toLowerCase(Locale.ROOT);
            Path file = folder.resolve(name.replaceAll("[^A-Za-z0-9._-]+", "-"));
            String svg = StandaloneSvg.of(Drawing.of(plates.get(index), "f").svg());
            write(file, format == Format.SVG ? svg.getBytes(StandardCharsets.UTF_8) : Pdf.of(svg));
            written.add(file);
        }
        return written;
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e + "; choose another folder", e);
        }
    }
}
