using WeakGlibcxx;

// TorchSharp's library for linux-x64 was linked with GCC 13 and asks for GLIBCXX_3.4.32, for the sake of one symbol that it never uses.
// Debian 12 and Ubuntu 22.04 have GCC 12 and refuse to load it. The copy that this step writes asks for that version weakly, and loads there too.
const string Version = "GLIBCXX_3.4.32";
const string Symbol = "_ZSt21ios_base_library_initv";

if (args.Length != 2)
{
    Console.Error.WriteLine($"WeakGlibcxx: Expected SOURCE and TARGET; found {args.Length} arguments.");
    return 2;
}

try
{
    byte[] library = File.ReadAllBytes(args[0]);
    VersionFix fix = VersionNeed.Weaken(library, Version, Symbol);
    string partial = $"{args[1]}.{Environment.ProcessId}.partial";
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(args[1]))!);
    File.WriteAllBytes(partial, library);
    // A new file under the old name: a process that has the old one open, and the package folder, keep what they have.
    File.Move(partial, args[1], overwrite: true);
    Console.WriteLine($"{Path.GetFileName(args[1])}: {fix.Reason}");
    return 0;
}
catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"WeakGlibcxx: {args[0]}: {exception.Message}");
    return 1;
}
