package io.refugium.benchmarks.load;

import java.io.IOException;
import java.util.List;

/** The languages: each has its own data set, made by its own queries, and its own workloads. */
enum Language {
  FQL4("FQL v4") {
    @Override
    Dataset load(int port, int documents) throws IOException {
      return Fql4Workload.load(port, documents);
    }

    @Override
    List<Workload> workloads() {
      return List.of(Fql4Workload.values());
    }
  },
  FQL10("FQL v10") {
    @Override
    Dataset load(int port, int documents) throws IOException {
      return Fql10Workload.load(port, documents);
    }

    @Override
    List<Workload> workloads() {
      return List.of(Fql10Workload.values());
    }
  };

  private final String title;

  Language(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Fills a fresh server. */
  abstract Dataset load(int port, int documents) throws IOException;

  /** In the order in which they run: those that write come last. */
  abstract List<Workload> workloads();
}
