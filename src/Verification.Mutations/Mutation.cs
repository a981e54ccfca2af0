namespace Verification.Mutations;

/// <summary>A small change of a program that a careless hand might make.</summary>
/// <param name="Id">Switches it on, 1 or more; the same for the same sources.</param>
/// <param name="Key">Names it as long as the code around it stays as it is: eight hexadecimal digits.</param>
/// <param name="File">The file, relative to the folder of the sources, with slashes.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Kind">What kind of change: <c>negated-condition</c>.</param>
/// <param name="Before">The code, on one line.</param>
/// <param name="After">What it becomes.</param>
public sealed record Mutation(int Id, string Key, string File, int Line, string Kind, string Before, string After);

/// <summary>A file of a program.</summary>
/// <param name="Path">Relative to the folder of the sources, with slashes.</param>
/// <param name="Text">Its text.</param>
public sealed record SourceFile(string Path, string Text);
