package io.gantry.kubelet.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// An open log, which stays readable when a rotation gives its name to another file.
///
/// @param inode tells it from the other
record LogFile(Path path, RandomAccessFile file, long inode) implements AutoCloseable {
    static LogFile open(Path path) throws IOException {
        while (true) {
            long inode = inode(path);
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
            if (inode(path) == inode) {
                return new LogFile(path, file, inode);
            }
            file.close();
        }
    }

    private static long inode(Path path) throws IOException {
        return (long) Files.getAttribute(path, "unix:ino");
    }

    /// Whether its name means another file by now, or it was cut. While no file has the name it is not.
    boolean isReplaced() throws IOException {
        try {
            return inode(path) != inode || Files.size(path) < file.getFilePointer();
        } catch (NoSuchFileException beingRotated) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
