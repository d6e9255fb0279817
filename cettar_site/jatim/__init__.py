"""What East Java is: regions, agencies, commodities and topics, read from tables of sourced facts."""
