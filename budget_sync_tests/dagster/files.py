"""Small files of the situations that the syncs meet."""

BUDGET = """Department,Category,Fiscal Year,Budget Amount,Currency
Engineering,Software,FY2026,"120,000.00",EUR
Engineering,Hardware,FY2026,"80,000.00",EUR
Marketing,Events,FY2026,"45,500.50",EUR
Sales,Travel,FY2026,"30,000.00",EUR
"""
CHANGED_BUDGET = BUDGET.replace('"45,500.50"', '"145,500.50"')
PAYROLL = """Employee ID,Employee Name,Job Title,Gross Salary,Tax Withheld,Net Pay,Pay Date
1001,Ana Ruiz,Engineer,5200.00,1300.00,3900.00,2026-01-31
1002,Ben Cole,Analyst,4100.00,900.00,3200.00,2026-01-31
1003,Cem Oz,Manager,6900.00,1900.00,5000.00,2026-01-31
1004,Dora Lind,Engineer,5100.00,1250.00,3850.00,2026-01-31
"""
BAD_ROWS = BUDGET.replace('"45,500.50"', "about half") + 'Support,Training,FY2026,"12,000.00",EUR\n'
NO_TABLE = b"%PDF-1.7 this is no table"
