package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.PrivateFiles;
import io.gantry.component.WholeFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// A backup of a cluster: a zip of `cluster.json`, the keys and certificates below `pki/`, and `store`, a dump of the
/// state. Whoever has it has the cluster: only root may read it.
public final class BackupFile {
    private static final String CONFIG = "cluster.json";
    private static final String PKI = "pki/";
    private static final String STORE = "store";

    private final Path file;

    public BackupFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /// Writes a store's dump.
    public interface Dump {
        long write(OutputStream target) throws IOException;
    }

    /// Writes the backup, whole or not at all.
    ///
    /// @return how many objects are in it
    public long write(ClusterLayout layout, Dump dump) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            long count;
            try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
                add(zip, CONFIG, layout.config());
                for (Path key : pki(layout)) {
                    add(zip, PKI + key.getFileName(), key);
                }
                zip.putNextEntry(new ZipEntry(STORE));
                count = dump.write(zip);
                zip.closeEntry();
            }
            WholeFile.replace(fresh, file);
            return count;
        } catch (IOException e) {
            throw new CliException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> pki(ClusterLayout layout) throws IOException {
        try (var files = Files.list(layout.pki())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void add(ZipOutputStream zip, String name, Path content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(content, zip);
        zip.closeEntry();
    }

    /// Reads a store's dump.
    public interface Reader<T> {
        T read(InputStream dump) throws IOException;
    }

    /// The state in the backup.
    public <T> T store(Reader<T> reader) {
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream dump = new BufferedInputStream(zip.getInputStream(entry(zip, STORE)))) {
            return reader.read(dump);
        } catch (IOException e) {
            throw new CliException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// Brings back keys and certificates, and the configuration where there is none.
    ///
    /// @return whether the cluster's authority is another than before
    public boolean restoreFiles(ClusterLayout layout) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String authority = text(zip, entry(zip, PKI + "ca.crt"));
            boolean other = !Files.exists(layout.pki("ca.crt"))
                    || !Files.readString(layout.pki("ca.crt")).equals(authority);
            if (!Files.exists(layout.config())) {
                PrivateFiles.write(layout.config(), text(zip, entry(zip, CONFIG)));
            }
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (entry.getName().matches("pki/[\\w.-]+")) {
                    PrivateFiles.write(layout.pki(entry.getName().substring(PKI.length())), text(zip, entry));
                }
            }
            return other;
        } catch (IOException e) {
            throw new CliException("cannot restore from " + file + ": " + e.getMessage(), e);
        }
    }

    private ZipEntry entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("this is no backup of a cluster: it lacks " + name);
        }
        return entry;
    }

    private static String text(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
