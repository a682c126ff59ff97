namespace EE569.Experiments;

/// <summary>Something the user can put right: its message is the one line they see, and the exit code is 2.</summary>
public sealed class UserException : Exception
{
    /// <summary>An error with a message that names the file, column, row or option and what to do.</summary>
    public UserException(string message)
        : base(message)
    {
    }

    /// <summary>As above, keeping the cause.</summary>
    public UserException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>An error without a message; the two others are meant to be used.</summary>
    public UserException()
    {
    }
}
