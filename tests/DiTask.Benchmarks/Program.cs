using System.CommandLine;
using DiTask.Benchmarks;
using DiTask.Benchmarks.Service;
using DiTask.Benchmarks.Training;

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

Command train = new("train", "A training step: against the authors' formulation, of every adapter and of every balancing method.") { rounds, test };
train.SetAction(parsed => TrainBenchmark.Run(parsed.GetValue(test), parsed.GetValue(rounds)));

Argument<string> comparison = new("FILE") { Description = "A comparison.", DefaultValueFactory = _ => RowsBenchmark.Shipped };
Command rows = new("rows", "A training step of each row of a comparison: milliseconds, and peak memory of a process that does nothing else.") { comparison, rounds, test };
rows.SetAction(parsed => RowsBenchmark.Run(parsed.GetRequiredValue(comparison), parsed.GetValue(test), parsed.GetValue(rounds)));

Argument<string> rowName = new("ROW");
Command row = new("row", "One row; 'rows' starts it.") { comparison, rowName };
row.Hidden = true;
row.SetAction(parsed => RowsBenchmark.RunRow(parsed.GetRequiredValue(comparison), parsed.GetRequiredValue(rowName)));

Option<double> seconds = new("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = _ => 20 };
Option<double> minutes = new("--minutes") { Description = "Length of the soak.", DefaultValueFactory = _ => 20 };
Option<int> count = new("--count") { Description = "How many callers, kills or swaps.", DefaultValueFactory = _ => 0 };
TimeSpan Length(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(test) ? 1 : parsed.GetValue(seconds));
int Count(ParseResult parsed, int usual, int smallest) => parsed.GetValue(count) is > 0 and int given ? given : parsed.GetValue(test) ? smallest : usual;

// The smallest case shows that a campaign works; its numbers are noise.
async Task<int> JudgeAsync(ParseResult parsed, Task<int> campaign)
{
    int code = await campaign;
    return parsed.GetValue(test) ? 0 : code;
}

Command overhead = new("overhead", "What the service adds to decode, run and encode, with a model that does nothing.") { seconds, test };
overhead.SetAction((parsed, _) => JudgeAsync(parsed, OverheadCampaign.RunAsync(Length(parsed))));

Command saturation = new("saturation", "Images per second of the service against MultiTaskSession in a loop over the same batch sizes.") { rounds, seconds, test };
saturation.SetAction((parsed, _) => JudgeAsync(parsed, SaturationCampaign.RunAsync(parsed.GetValue(test), parsed.GetValue(test) ? 1 : parsed.GetValue(rounds), Length(parsed))));

Command overload = new("overload", "Poisson arrivals at 0.5, 0.8, 1 and 3 times the capacity of a model that sleeps.") { seconds, test };
overload.SetAction((parsed, _) => JudgeAsync(parsed, OverloadCampaign.RunAsync(Length(parsed))));

Command soak = new("soak", "Mixed sizes and options for a long time: memory, handles and threads.") { minutes, test };
soak.SetAction((parsed, _) => JudgeAsync(parsed, SoakCampaign.RunAsync(parsed.GetValue(test) ? TimeSpan.FromSeconds(6) : TimeSpan.FromMinutes(parsed.GetValue(minutes)))));

Command disconnects = new("disconnects", "Callers cut at random points; the queue and memory return, the others are not disturbed.") { count, test };
disconnects.SetAction((parsed, _) => JudgeAsync(parsed, DisconnectCampaign.RunAsync(Count(parsed, 500, 20))));

Command slow = new("slow", "Callers who send or read a byte per second, beside others.") { count, seconds, test };
slow.SetAction((parsed, _) => JudgeAsync(parsed, SlowCampaign.RunAsync(Count(parsed, 150, 6), Length(parsed))));

Command kills = new("kills", "The service is killed under load and started again.") { count, test };
kills.SetAction((parsed, _) => JudgeAsync(parsed, KillCampaign.RunAsync(Count(parsed, 10, 1))));

Command swaps = new("swaps", "Versions of a model are loaded under load, one after the other.") { count, test };
swaps.SetAction((parsed, _) => JudgeAsync(parsed, SwapCampaign.RunAsync(Count(parsed, 50, 2))));

Argument<double[]> pace = new("PORT BASE-MS PER-IMAGE-MS") { Arity = new ArgumentArity(3, 3) };
Argument<string[]> settings = new("SETTINGS") { Arity = ArgumentArity.ZeroOrMore };
Command paced = new("paced", "Serve a model that sleeps; the campaigns start it.") { pace, settings };
paced.Hidden = true;
paced.SetAction(parsed => PacedService.Serve((int)parsed.GetValue(pace)![0], parsed.GetValue(pace)![1], parsed.GetValue(pace)![2], parsed.GetValue(settings) ?? []));

return await new RootCommand("Numbers of docs/benchmarks.md.")
{
    checkpoint, fold, tasks, stages, train, rows, row, overhead, saturation, overload, soak, disconnects, slow, kills, swaps, paced,
}.Parse(args).InvokeAsync();
