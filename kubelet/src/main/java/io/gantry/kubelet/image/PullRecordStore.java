package io.gantry.kubelet.image;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Where it is kept what the kubelet pulls and has pulled. One thread at a time.
interface PullRecordStore {
    /// On disk when it returns.
    void writeIntent(String image) throws IOException;

    boolean hasIntent(String image);

    /// Those that can be read.
    List<String> intents() throws IOException;

    void deleteIntent(String image) throws IOException;

    /// On disk when it returns.
    void write(ImagePulledRecord pulled) throws IOException;

    /// Empty where there is none.
    ///
    /// @throws IOException also where there is one that is not what was written
    Optional<ImagePulledRecord> pulled(String imageRef) throws IOException;

    /// Those that can be read.
    List<ImagePulledRecord> pulled() throws IOException;

    void deletePulled(String imageRef) throws IOException;

    /// How many pulls are noted as under way, and how many as done.
    Sizes sizes();

    record Sizes(int intents, int pulled) {}

    /// Keeps nothing: nothing is pulled.
    static PullRecordStore none() {
        return NoPullRecords.INSTANCE;
    }
}
