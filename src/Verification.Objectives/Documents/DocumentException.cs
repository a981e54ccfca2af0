namespace Verification.Objectives;

/// <summary>A file of the project or its user cannot be used. The message names file, line, column, what was expected and what was
/// found.</summary>
public sealed class DocumentException : Exception
{
    /// <summary>Creates the error for one place of a file.</summary>
    /// <param name="file">Path as the user knows it.</param>
    /// <param name="line">Line, from 1; 0 when the whole file is meant.</param>
    /// <param name="column">Column, from 1; 0 when the whole line or file is meant.</param>
    /// <param name="problem">What was expected, what was found, what to do.</param>
    public DocumentException(string file, int line, int column, string problem)
        : base(line > 0 ? $"{file}:{line}:{column}: {problem}" : $"{file}: {problem}")
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>Path as the user knows it.</summary>
    public string File { get; }

    /// <summary>Line, from 1; 0 when the whole file is meant.</summary>
    public int Line { get; }

    /// <summary>Column, from 1; 0 when the whole line or file is meant.</summary>
    public int Column { get; }
}
