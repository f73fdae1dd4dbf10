using System.CommandLine;
using DiTask.Benchmarks;

Option<bool> test = new("--test") { Description = "Run the smallest case once: shows that the benchmark works, measures nothing." };
Option<int> rounds = new("--rounds") { Description = "Rounds; each measures every case once, in turn.", DefaultValueFactory = _ => 15 };
Argument<string> path = new("FILE") { Description = "File to write." };
Argument<string> image = new("IMAGE") { Description = "A photo.", DefaultValueFactory = _ => "" };

Command checkpoint = new("checkpoint", "Write a checkpoint of the released tiny model's shape with seeded weights.") { path, test };
checkpoint.SetAction(parsed => RealSize.WriteCheckpoint(parsed.GetRequiredValue(path), parsed.GetValue(test)));

Command fold = new("fold", "Time and peak memory of folding the real-size model; its size on disk.") { test };
fold.SetAction(parsed => FoldBenchmark.Run(parsed.GetValue(test)));

Command tasks = new("tasks", "One image with 1 to 4 tasks through MultiTaskSession, as ratios to one task, and four stand-alone graphs.") { rounds, test };
tasks.SetAction(parsed => TasksBenchmark.Run(parsed.GetValue(test), parsed.GetValue(rounds)));

Command stages = new("stages", "Share of decode, preprocess, run, logits to maps and PNG in answering one photo with all tasks.") { image, rounds, test };
stages.SetAction(parsed => StagesBenchmark.Run(parsed.GetRequiredValue(image), parsed.GetValue(test), parsed.GetValue(rounds)));

return new RootCommand("Numbers of docs/benchmarks.md.") { checkpoint, fold, tasks, stages }.Parse(args).Invoke();
