import ArgumentParser
import Tuning

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A job for a machine that starts workers: what it starts, how many, and where.
///
/// It may lose workers; the store loses no trial, and the others take up what was left.
struct WorkerJob {
  /// What reads the job.
  enum Kind: String, ExpressibleByArgument, CaseIterable { case slurm, kubernetes }

  var address: StudyAddress
  /// The name of the study, which becomes a part of the job's.
  var study: String
  var workers: Int
  /// How many processors each worker has.
  var processors: Int
  /// Where the paths of the spec begin, on every machine.
  var folder: String
  /// The program, as the machines find it.
  var program: String
  /// What Kubernetes runs.
  var image: String

  func text(_ kind: Kind) -> String {
    switch kind {
    case .slurm: slurm
    case .kubernetes: kubernetes
    }
  }

  private var words: [String] {
    ["worker", "--study", "\(address)", "--workers", "\(processors)"]
  }

  /// A name of lower-case letters, digits and `-`, as Kubernetes wants it.
  private var name: String {
    let characters = study.lowercased().unicodeScalars.map { scalar in
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "-"
    }
    let trimmed = String(characters).split(separator: "-").joined(separator: "-")
    return "plumb-" + (trimmed.isEmpty ? "study" : String(trimmed.prefix(40)))
  }

  /// For `sbatch`. A minute before its time is over a worker is told, and gives its trial back.
  private var slurm: String {
    """
    #!/bin/bash
    # Submit with: sbatch \(name).sh
    # A password is read from ~/.pgpass. What a worker leaves, for whatever reason, the others take
    # up; submitted again, it goes on with the study.
    #SBATCH --job-name=\(name)
    #SBATCH --array=1-\(workers)
    #SBATCH --ntasks=1
    #SBATCH --cpus-per-task=\(processors)
    #SBATCH --signal=INT@60
    #SBATCH --requeue
    #SBATCH --open-mode=append
    #SBATCH --output=\(name)-%a.log
    cd \(quoted(folder)) || exit 2
    srun \(([program] + words).map(quoted).joined(separator: " "))
    """
  }

  /// For `kubectl apply -f -`. A worker that dies is started again, and what the cluster evicts
  /// is not counted against it.
  private var kubernetes: String {
    let arguments = words.map { "            - \(scalar($0))" }.joined(separator: "\n")
    return """
      # Submit with: kubectl apply -f \(name).yaml
      # The claim `plumb-data` holds the folder of the spec and its table; the secret `plumb-store`
      # holds the store's password under `password`.
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: \(name)
      spec:
        completionMode: Indexed
        completions: \(workers)
        parallelism: \(workers)
        backoffLimitPerIndex: 5
        podFailurePolicy:
          rules:
            - action: Ignore
              onPodConditions:
                - type: DisruptionTarget
                  status: "True"
        template:
          spec:
            restartPolicy: Never
            terminationGracePeriodSeconds: 60
            containers:
              - name: worker
                image: \(scalar(image))
                workingDir: \(scalar(folder))
                command:
                  - \(scalar(program))
                args:
      \(arguments)
                env:
                  - name: PGPASSWORD
                    valueFrom:
                      secretKeyRef:
                        name: plumb-store
                        key: password
                        optional: true
                resources:
                  requests:
                    cpu: "\(processors)"
                volumeMounts:
                  - name: data
                    mountPath: \(scalar(folder))
            volumes:
              - name: data
                persistentVolumeClaim:
                  claimName: plumb-data
      """
  }

  /// A text as YAML takes it for one, whatever it looks like.
  private func scalar(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}

extension Tune {
  /// Begins a study that other machines can reach, and prints the job that starts workers.
  func show(_ kind: WorkerJob.Kind, of job: TuneJob, at place: String) throws {
    do throws(StudyError) {
      var address = try StudyAddress(place)
      guard case .server = address.place else {
        throw StudyError(
          "`\(place)` is a file, which other machines do not share",
          hints: ["use PostgreSQL: --store postgres://user@host/database"])
      }
      let store = try job.store(at: place)
      for chosen in job.first.dropFirst(try store.trials().count) { try store.enqueue(chosen) }
      address.study = store.settings.name
      let processors = workers ?? 1
      let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let parallel = min(store.settings.parallel, job.plan.trials)
      let worker = WorkerJob(
        address: address, study: store.settings.name,
        workers: (parallel + processors - 1) / processors, processors: processors,
        folder: FileManager.default.currentDirectoryPath,
        program: kind == .slurm ? own ?? "plumb" : "plumb", image: "plumb:\(Plumb.version)")
      Console.print(worker.text(kind))
    } catch {
      throw Failure(error)
    }
  }
}
